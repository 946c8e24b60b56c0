import { z } from 'zod'
import { CatalogueColumn } from '../catalogue.ts'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Cell, ColumnType, Id, IdParam, KeyPages, keyPaging, Time } from '../values.ts'
import { Run, RunEndpoint } from './runs.ts'

/** One column of the results; `columns[0]` is `epName`. A name that repeats gets `_2`, `_3`, …. */
export const ResultColumn = CatalogueColumn.extend({
  name: z.string(),
  type: ColumnType,
  origin: z.string().optional().describe('`table.column` that it comes from.'),
  enrichment: z
    .object({ column: z.string(), connectorId: Id, field: z.string(), label: z.string() })
    .optional()
    .describe('The connector that says it of another column’s cells.'),
})
export type ResultColumn = z.infer<typeof ResultColumn>

/** A row: `endpointId` and `hostname` of its device, then `epName` and the columns of the query. */
export const ResultItem = z.record(z.string(), Cell)
export type ResultItem = z.infer<typeof ResultItem>

/** A condition on a column; all of a list must hold. `contains` disregards case, `in` takes a list. */
export const ResultFilter = z.strictObject({
  column: z.string(),
  op: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'notContains', 'in', 'isNull', 'notNull']),
  value: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).optional(),
})
export type ResultFilter = z.infer<typeof ResultFilter>

const json = z
  .string()
  .max(20_000)
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      ctx.addIssue({ code: 'custom', message: 'filter is not JSON' })
      return z.NEVER
    }
  })
const Enrich = json
  .pipe(z.array(z.strictObject({ column: z.string(), type: PivotType, connectorId: Id })).max(5))
  .optional()
  .describe(
    'JSON: a list of {column, type, connectorId}. Adds what the connector said of the cells of the column as columns `<column>.<code>.<field>`, from what is kept: nothing is sent.',
  )
const Filters = json
  .pipe(z.array(ResultFilter).max(50))
  .optional()
  .describe('JSON: a list of {column, op, value}.')
const selection = {
  sort: z
    .string()
    .max(500)
    .optional()
    .describe('`remote_port:desc,path:asc`; without it the order of arrival.'),
  filter: Filters,
  search: z
    .string()
    .max(200)
    .optional()
    .describe('Text that some cell of the row contains, regardless of case.'),
  enrich: Enrich,
}
const path = '/live-discover/v1/queries/runs/{id}/results'

export const getResults = endpoint({
  id: 'liveDiscover.runs.results',
  method: 'GET',
  path,
  description:
    'Answers with a page of the rows that have come, by key, or with `offset` as a window into the sorted and filtered rows.',
  access: 'runs:read',
  params: IdParam,
  query: z.object({
    ...keyPaging(50, 1000),
    ...selection,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .describe('Rows before the window; instead of `pageFromKey`.'),
    pageTotal: z.stringbool().default(false),
  }),
  output: z.object({
    metadata: z.object({ columns: z.array(ResultColumn) }),
    items: z.array(ResultItem),
    pages: KeyPages,
  }),
  errors: ['run_not_found', 'results_expired', 'column_not_found', 'bad_request', 'connector_not_found'],
})

export const groupResults = endpoint({
  id: 'liveDiscover.runs.groups',
  method: 'GET',
  path: `${path}/groups`,
  description: 'Counts the rows and the devices of each value of a column, rare first.',
  access: 'runs:read',
  params: IdParam,
  query: z.object({
    column: z.string(),
    order: z.enum(['rare', 'common', 'value']).default('rare'),
    filter: Filters,
    search: selection.search,
    enrich: selection.enrich,
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  output: z.object({
    items: z.array(z.object({ value: Cell, count: z.int(), devices: z.int() })),
    groups: z.int().describe('Number of values, also beyond the limit.'),
  }),
  errors: ['run_not_found', 'results_expired', 'column_not_found', 'connector_not_found'],
})

export const exportResults = endpoint({
  id: 'liveDiscover.runs.export',
  method: 'GET',
  path: `${path}/export`,
  description:
    'Answers with all rows, or the filtered ones, as a file. CSV cells that a spreadsheet would run as a formula get an apostrophe in front.',
  access: 'results:export',
  params: IdParam,
  query: z.object({
    format: z.enum(['csv', 'jsonl', 'parquet']),
    columns: z.string().max(5000).optional().describe('Names separated by commas; without it, all.'),
    ...selection,
  }),
  output: z.string(),
  answer: 'file',
  errors: ['run_not_found', 'results_expired', 'column_not_found', 'bad_request', 'connector_not_found'],
})

/** What the stream of a run sends. `event` is the name of the server-sent event. */
export const RunEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('run'), run: Run }),
  z.object({
    event: z.literal('rows'),
    columns: z.array(ResultColumn),
    items: z.array(ResultItem),
    total: z.int().describe('Rows stored so far.'),
  }),
  z.object({ event: z.literal('endpoints'), items: z.array(RunEndpoint) }),
  z.object({
    event: z.literal('progress'),
    total: z.int().describe('Rows stored so far; read them by page.'),
    at: Time,
  }),
  z.object({
    event: z.literal('reread'),
    reason: z.string().describe('The watcher was too slow: read the run and its results again.'),
  }),
  z.object({ event: z.literal('end'), runId: Id }),
])
export type RunEvent = z.infer<typeof RunEvent>

export const streamRun = endpoint({
  id: 'liveDiscover.runs.stream',
  method: 'GET',
  path: '/live-discover/v1/queries/runs/{id}/stream',
  description:
    'Sends the run, its first 1,000 rows as they come (then only their number), changed devices and the end, as server-sent events.',
  access: 'runs:read',
  params: IdParam,
  output: RunEvent,
  answer: 'events',
  errors: ['run_not_found'],
})
