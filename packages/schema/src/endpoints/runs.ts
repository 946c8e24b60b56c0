import { z } from 'zod'
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
  Time,
} from '../values.ts'
import { MatchEndpoints } from './endpoints.ts'
import { Principal, QueryVariable } from './queries.ts'

export const RunStatus = z.enum(['pending', 'started', 'finished'])
export const RunResult = z.enum(['notAvailable', 'succeeded', 'failed', 'timedOut', 'canceled'])

const Spread = z.object({
  min: z.number(),
  max: z.number(),
  average: z.number(),
  median: z.number(),
  total: z.number(),
})
const Total = z.object({ total: z.int(), withData: z.int(), withoutData: z.int() })

/** Devices by state. Over all states `total` adds up to the devices targeted, at every moment. */
export const EndpointCounts = z.object({
  total: z.int(),
  types: z.record(z.string(), z.int()),
  platforms: z.record(z.string(), z.int()),
  statuses: z.object({
    pending: z.object({ total: z.int(), online: z.int(), offline: z.int() }),
    started: Total,
    finished: z.object({ succeeded: Total, failed: Total, timedOut: Total, canceled: Total }),
  }),
})
export type EndpointCounts = z.infer<typeof EndpointCounts>

/** A list that a variable had in a run. */
const RunList = z.object({
  id: Id.optional().describe('The IOC list that it came from.'),
  name: z.string().optional(),
  count: z.int(),
  sample: z.array(z.string()).describe('Its first values.'),
})

/** The cell, or the cells of one column, that a run was asked from. */
export const RunOrigin = z.strictObject({
  runId: Id,
  column: z.string().min(1).max(200),
  value: z.string().max(2000).describe('The value, or the first of several.'),
  count: z.int().min(1).max(100_000).describe('Number of values.'),
  endpointId: Id.optional().describe('The device that the row was of.'),
})
export type RunOrigin = z.output<typeof RunOrigin>

export const Run = z.object({
  id: Id,
  category: z.object({ id: Id, name: z.string() }).optional(),
  query: z.object({ id: Id, name: z.string() }).optional(),
  name: z.string(),
  template: z.string(),
  variables: z.array(QueryVariable.extend({ list: RunList.optional() })),
  origin: RunOrigin.optional().describe(
    'Where the question came from; absent for one that nobody pivoted to.',
  ),
  status: RunStatus,
  result: RunResult,
  createdAt: Time,
  createdBy: Principal,
  finishedAt: Time.optional(),
  maxDurationInSeconds: z.int(),
  timeRemainingInSeconds: z.number(),
  performance: z.object({
    score: PerformanceScore,
    dataTransferredInBytes: Spread.optional(),
    executionTimeInMillis: Spread.optional(),
  }),
  resultCount: z.int(),
  resultsExpired: z.boolean(),
  warnings: z
    .array(z.object({ code: z.string(), message: z.string(), devices: z.int() }))
    .describe('Warnings of the devices, counted.'),
  resumable: z
    .object({
      devices: z.int(),
      from: Time.optional().describe('The earliest time that one of them had reached.'),
    })
    .optional()
    .describe('Devices that a limit stopped where the query can go on.'),
  resumedAt: Time.optional().describe('When the run was last continued.'),
  matchEndpoints: MatchEndpoints,
  endpointCounts: EndpointCounts,
})
export type Run = z.infer<typeof Run>

const Value = z.union([z.string().max(50_000), z.number(), z.boolean()]).transform(String)

/**
 * What a variable of the query stands for: one value, or a list of them, given here, by the id of an IOC list, or by a run whose list
 * is to be used again. A dateTime is RFC 3339 or unix seconds; an empty value is the default.
 */
export const RunVariable = z
  .strictObject({
    name: z.string().min(1).max(128),
    dataType: DataType.default('text'),
    value: Value.optional(),
    values: z.array(Value).min(1).max(100_000).optional(),
    listId: Id.optional().describe('Id of an IOC list; its values of the variable’s kind count.'),
    listOfRun: Id.optional().describe('The list that the variable of this name had in that run.'),
    pivotType: PivotType.optional(),
  })
  .refine(
    ({ value, values, listId, listOfRun }) =>
      [value, values, listId, listOfRun].filter((each) => each !== undefined).length === 1,
    'Give one of value, values, listId and listOfRun.',
  )
export type RunVariable = z.output<typeof RunVariable>

export const RunInput = z
  .strictObject({
    maxDurationInSeconds: z
      .int()
      .min(60)
      .max(604_800)
      .default(300)
      .describe('How long the run waits for its devices.'),
    savedQuery: z.strictObject({ categoryId: Id.optional(), queryId: Id }).optional(),
    adHocQuery: z
      .strictObject({ name: z.string().min(1).max(200), template: z.string().min(1).max(50_000) })
      .optional(),
    variables: z.array(RunVariable).max(50).default([]),
    origin: RunOrigin.extend({ count: RunOrigin.shape.count.default(1) }).optional(),
    matchEndpoints: MatchEndpoints,
  })
  .refine(
    (run) => (run.savedQuery === undefined) !== (run.adHocQuery === undefined),
    'Give either savedQuery or adHocQuery.',
  )
export type RunInput = z.input<typeof RunInput>

const path = '/live-discover/v1/queries/runs'

export const createRun = endpoint({
  id: 'liveDiscover.runs.create',
  method: 'POST',
  path,
  description:
    'Runs a query on the matching devices. An offline device gets it when it connects, until the run ends. SQL of one’s own needs `queries:run-ad-hoc` as well.',
  access: 'queries:run',
  body: RunInput,
  output: Run,
  status: 201,
  errors: [
    'query_not_found',
    'category_not_found',
    'run_not_found',
    'ioc_list_not_found',
    'no_endpoints',
    'bad_variable',
    'bad_sql',
    'forbidden',
  ],
})

export const listRuns = endpoint({
  id: 'liveDiscover.runs.list',
  method: 'GET',
  path,
  description: 'Lists the runs, the latest first.',
  access: 'runs:read',
  query: Fields.extend({
    ...offsetPaging(50),
    sort: z.string().optional().describe('`createdAt:desc`, `name:asc`, …'),
    queryId: Id.optional(),
    categoryId: Id.optional(),
    endpointId: Id.optional().describe('Runs that were for this device.'),
    status: RunStatus.optional(),
    result: RunResult.optional(),
    createdByPrincipalType: z.enum(['user', 'service']).optional(),
  }),
  output: z.object({ items: z.array(Run), pages: OffsetPages }),
  errors: [],
})

export const getRun = endpoint({
  id: 'liveDiscover.runs.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one run.',
  access: 'runs:read',
  params: IdParam,
  query: Fields,
  output: Run,
  errors: ['run_not_found'],
})

export const cancelRun = endpoint({
  id: 'liveDiscover.runs.cancel',
  method: 'POST',
  path: `${path}/{id}/cancel`,
  description: 'Ends a run on every device that has not ended; the rows that came stay.',
  access: 'runs:cancel',
  params: IdParam,
  output: Run,
  errors: ['run_not_found', 'run_finished'],
})

export const resumeRun = endpoint({
  id: 'liveDiscover.runs.resume',
  method: 'POST',
  path: `${path}/{id}/resume`,
  description:
    'Goes on with a journal query on the devices that a limit stopped, each where it was; their rows join those of the run. A query that sorts or groups runs anew on what the journals held then and passes over the rows that it gave. SQL of one’s own needs `queries:run-ad-hoc` as well.',
  access: 'queries:run',
  params: IdParam,
  body: z.strictObject({
    endpointIds: z.array(Id).min(1).max(1000).optional().describe('Only these devices; all when left out.'),
  }),
  output: Run,
  errors: ['run_not_found', 'run_not_resumable', 'results_expired', 'forbidden'],
})

export const RunEndpointStatus = z.enum(['pending', 'started', 'finished'])

/** One device of a run, with what the query cost it. */
export const RunEndpoint = z.object({
  id: Id,
  type: z.string(),
  hostname: z.string(),
  online: z.boolean(),
  status: RunEndpointStatus,
  result: RunResult,
  resultCount: z.int().describe('Rows stored.'),
  startedAt: Time.optional(),
  finishedAt: Time.optional(),
  executionTimeInMillis: z.number().optional(),
  cpuTimeInMillis: z.number().optional(),
  pausedTimeInMillis: z.number().optional().describe('How long it was held to its share of the CPU.'),
  peakMemoryInBytes: z.number().optional(),
  dataTransferredInBytes: z.number(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  resumable: z
    .object({ from: Time.optional() })
    .optional()
    .describe(
      'The query can go on where a limit stopped it: from the time that it had reached in a journal, else behind the rows that it gave.',
    ),
  message: z.string().optional().describe('What the run waits for on this device, in a sentence.'),
})
export type RunEndpoint = z.infer<typeof RunEndpoint>

export const listRunEndpoints = endpoint({
  id: 'liveDiscover.runs.endpoints',
  method: 'GET',
  path: `${path}/{id}/endpoints`,
  description: 'Lists the devices of a run with state, cost, warnings and error.',
  access: 'runs:read',
  params: IdParam,
  query: Fields.extend({
    ...offsetPaging(50),
    match: z
      .string()
      .max(100)
      .optional()
      .describe(
        '`pending`, `pending:offline`, `started`, `finished:failed`, `finished:succeeded:withData`, …',
      ),
    sort: z.string().optional(),
  }),
  output: z.object({ items: z.array(RunEndpoint), pages: OffsetPages }),
  errors: ['run_not_found', 'bad_request'],
})
