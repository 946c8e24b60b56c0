import { z } from 'zod'
import { CatalogueColumn, Template } from '../catalogue.ts'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import {
  DataType,
  Fields,
  Id,
  IdParam,
  OffsetPages,
  offsetPaging,
  PerformanceScore,
  SourceType,
  SupportedOs,
  Time,
} from '../values.ts'

/** A variable as a query declares it; `value` is its default. */
export const QueryVariable = z.object({
  name: z.string().min(1).max(128),
  dataType: DataType,
  value: z.string().optional(),
  pivotType: PivotType.optional(),
  description: z.string().optional(),
})
export type QueryVariable = z.infer<typeof QueryVariable>

/** What a query costs, from its runs: `score` is `notEvaluated` and the means are absent before the first. */
export const QueryPerformance = z.object({
  score: PerformanceScore,
  averageExecutionTimeInMillis: z.number().optional().describe('Mean time on a device.'),
  averageDataTransferredInBytes: z.number().optional().describe('Mean of a device.'),
  averageCpuTimeInMillis: z.number().optional().describe('Mean of a device.'),
  runs: z.int().describe('Number of runs that this is worked out from.'),
})
export type QueryPerformance = z.infer<typeof QueryPerformance>

export const Principal = z.object({ id: Id, type: z.enum(['user', 'service']), name: z.string() })

export const Query = z.object({
  id: Id,
  name: z.string(),
  code: z
    .string()
    .describe('Id in the catalogue, `network.open_connections`; a custom query has `custom.` and its id.'),
  description: z.string(),
  template: z.string().describe('SQL; variables stand as `$$name$$`.'),
  variables: z.array(QueryVariable),
  supportedOSes: z.array(SupportedOs),
  categories: z.array(z.object({ id: Id, name: z.string(), code: z.string() })),
  performance: QueryPerformance,
  type: SourceType,
  dataSource: z.enum(['live', 'lake']),
  columns: z.record(z.string(), CatalogueColumn),
  attack: z.array(z.string()),
  references: z.array(z.string()),
  lastRun: z.object({ id: Id, createdAt: Time, devices: z.int() }).optional(),
  createdAt: Time,
  createdBy: Principal.optional(),
  updatedAt: Time,
  updatedBy: Principal.optional(),
})
export type Query = z.infer<typeof Query>

/** What a custom query is made of. */
export const QueryInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().max(4000).default(''),
  template: Template,
  variables: z.array(QueryVariable).max(50).default([]),
  supportedOSes: z.array(SupportedOs).min(1).default(['linuxServer']),
  categoryIds: z.array(Id).max(10).default([]),
  columns: z.record(z.string(), CatalogueColumn).default({}),
})
export type QueryInput = z.infer<typeof QueryInput>

const path = '/live-discover/v1/queries'

export const listQueries = endpoint({
  id: 'liveDiscover.queries.list',
  method: 'GET',
  path,
  description: 'Lists the shipped and the custom queries, by name.',
  access: 'queries:read',
  query: Fields.extend({
    ...offsetPaging(50),
    categoryId: Id.optional(),
    search: z
      .string()
      .max(200)
      .optional()
      .describe('Words that all must occur, in any order, regardless of case.'),
    searchFields: z
      .string()
      .optional()
      .describe('Some of name, code, description, template; separated by commas.'),
    sort: z.string().optional().describe('`name:asc`, `createdAt:desc`, …'),
    type: SourceType.optional(),
  }),
  output: z.object({ items: z.array(Query), pages: OffsetPages }),
  errors: [],
})

export const getQuery = endpoint({
  id: 'liveDiscover.queries.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one query.',
  access: 'queries:read',
  params: IdParam,
  query: Fields,
  output: Query,
  errors: ['query_not_found'],
})

export const createQuery = endpoint({
  id: 'liveDiscover.queries.create',
  method: 'POST',
  path,
  description: 'Saves a custom query.',
  access: 'queries:write',
  body: QueryInput,
  output: Query,
  status: 201,
  errors: ['name_taken', 'category_not_found', 'bad_sql', 'bad_variable'],
})

export const updateQuery = endpoint({
  id: 'liveDiscover.queries.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description: 'Changes a custom query; what is left out stays.',
  access: 'queries:write',
  params: IdParam,
  body: z.strictObject({
    name: QueryInput.shape.name.optional(),
    description: z.string().max(4000).optional(),
    template: Template.optional(),
    variables: z.array(QueryVariable).max(50).optional(),
    supportedOSes: z.array(SupportedOs).min(1).optional(),
    categoryIds: z.array(Id).max(10).optional(),
    columns: z.record(z.string(), CatalogueColumn).optional(),
  }),
  output: Query,
  errors: ['query_not_found', 'canned_query', 'name_taken', 'category_not_found', 'bad_sql', 'bad_variable'],
})

export const deleteQuery = endpoint({
  id: 'liveDiscover.queries.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Deletes a custom query; its runs stay.',
  access: 'queries:write',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['query_not_found', 'canned_query'],
})

export const exportQuery = endpoint({
  id: 'liveDiscover.queries.export',
  method: 'GET',
  path: `${path}/{id}/yaml`,
  description: 'Answers with a query as a catalogue file.',
  access: 'queries:read',
  params: IdParam,
  output: z.string(),
  answer: 'file',
  errors: ['query_not_found'],
})

export const importQuery = endpoint({
  id: 'liveDiscover.queries.import',
  method: 'POST',
  path: `${path}/import`,
  description: 'Saves a catalogue file as a custom query.',
  access: 'queries:write',
  body: z.strictObject({ yaml: z.string().min(1).max(200_000) }),
  output: Query,
  status: 201,
  errors: ['bad_catalogue_entry', 'name_taken', 'bad_sql', 'bad_variable'],
})
