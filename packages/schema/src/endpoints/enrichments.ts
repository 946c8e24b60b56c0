import { z } from 'zod'
import { Verdict } from '../connectors/connector.ts'
import { Tlp } from '../connectors/tlp.ts'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Id, IdParam, Time } from '../values.ts'

/** Why there is no answer. */
export const EnrichmentReason = z.enum([
  'notAValue',
  'withoutMeaning',
  'wrongType',
  'disabled',
  'needsSecret',
  'needsFile',
  'tlp',
  'quotaUsed',
  'resting',
  'rateLimited',
  'unauthorized',
  'serviceError',
  'badAnswer',
  'tooLarge',
  'timeout',
  'unreachable',
  'refusedAddress',
  'refusedRedirect',
])
export type EnrichmentReason = z.infer<typeof EnrichmentReason>

export const FieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
])
export type FieldValue = z.infer<typeof FieldValue>

/** What a connector says of one value. `refused` was not sent, `pending` is still asked: ask again. */
export const EnrichmentItem = z.object({
  value: z.string().describe('As it was given.'),
  status: z.enum(['found', 'notFound', 'refused', 'failed', 'pending']),
  reason: EnrichmentReason.optional(),
  explanation: z.string().optional().describe('A sentence for people: why there is no answer.'),
  verdict: Verdict.optional(),
  fields: z.record(z.string(), FieldValue),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  raw: z.unknown().optional().describe('The answer of the service, when it was asked for.'),
  fetchedAt: Time.optional().describe('When the service said so.'),
  expiresAt: Time.optional(),
  fromCache: z.boolean(),
})
export type EnrichmentItem = z.infer<typeof EnrichmentItem>

const asking = {
  connectorId: Id,
  type: PivotType,
  refresh: z.boolean().default(false).describe('Ask again though an answer is kept.'),
  runId: Id.optional().describe('Where the values come from; its marking holds for them.'),
  tlp: Tlp.optional().describe('Marking of the values, when it is higher than that of the run.'),
  raw: z.boolean().default(false),
}
const values = (most: number) => z.array(z.string().max(8192)).min(1).max(most)
const QuotaLeft = z.object({
  usedToday: z.int(),
  perDay: z.int().optional(),
  left: z.int().optional(),
  resetsAt: Time,
})

const path = '/quarry/v1/enrichments'

export const createEnrichments = endpoint({
  id: 'enrichments.create',
  method: 'POST',
  path,
  description:
    'Asks a connector about up to 1,000 values, each once; what it said lately comes from the cache. Waits `waitSeconds`, then answers with the rest as pending: ask again for them.',
  access: 'enrichments:use',
  body: z.strictObject({
    ...asking,
    values: values(1000),
    waitSeconds: z.number().min(0).max(55).default(25),
  }),
  output: z.object({ items: z.array(EnrichmentItem), quota: QuotaLeft.optional() }),
  errors: ['connector_not_found', 'run_not_found'],
})

export const EnrichmentEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('items'), items: z.array(EnrichmentItem) }),
  z.object({
    event: z.literal('end'),
    quota: QuotaLeft.optional(),
    counts: z.object({
      distinct: z.int(),
      beyond: z.int().describe('Values of the column that were not asked about: the rarest 10,000 are.'),
      fromCache: z.int(),
      found: z.int(),
      notFound: z.int(),
      refused: z.int(),
      failed: z.int(),
    }),
  }),
])
export type EnrichmentEvent = z.infer<typeof EnrichmentEvent>

export const streamEnrichments = endpoint({
  id: 'enrichments.stream',
  method: 'POST',
  path: `${path}/stream`,
  description:
    'Does the same for up to 10,000 values as a stream of events, each answer as it comes. Values that repeat are answered once. Closing the stream ends the asking.',
  access: 'enrichments:use',
  body: z
    .strictObject({
      ...asking,
      values: values(10_000).optional(),
      column: z
        .string()
        .max(200)
        .optional()
        .describe('With `runId`: the values of this column of its results.'),
    })
    .refine(
      ({ values, column, runId }) => (values === undefined) === (column !== undefined && runId !== undefined),
      'Give values, or runId and column.',
    ),
  output: EnrichmentEvent,
  answer: 'events',
  errors: ['connector_not_found', 'run_not_found', 'results_expired', 'column_not_found'],
})

const RunTlp = z.object({ tlp: Tlp.nullable().describe('Null: not marked, which counts as clear.') })
const runPath = '/live-discover/v1/queries/runs/{id}/tlp'

export const getRunTlp = endpoint({
  id: 'liveDiscover.runs.getTlp',
  method: 'GET',
  path: runPath,
  description: 'Answers with the marking of a run.',
  access: 'runs:read',
  params: IdParam,
  output: RunTlp,
  errors: ['run_not_found'],
})

export const putRunTlp = endpoint({
  id: 'liveDiscover.runs.putTlp',
  method: 'PUT',
  path: runPath,
  description: 'Marks a run: its values go to no connector that may receive less.',
  access: 'enrichments:use',
  params: IdParam,
  body: z.strictObject({ tlp: Tlp.nullable() }),
  output: RunTlp,
  errors: ['run_not_found'],
})
