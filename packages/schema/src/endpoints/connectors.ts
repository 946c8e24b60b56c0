import { z } from 'zod'
import { ConnectorKind, FieldType } from '../connectors/connector.ts'
import { Tlp } from '../connectors/tlp.ts'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Id, IdParam, SourceType, Time } from '../values.ts'
import { EnrichmentItem } from './enrichments.ts'

/** Why a connector answers or does not. */
export const ConnectorStateCode = z.enum([
  'ready',
  'disabled',
  'needsSecret',
  'needsFile',
  'unauthorized',
  'resting',
  'waiting',
  'quotaUsed',
])
export type ConnectorStateCode = z.infer<typeof ConnectorStateCode>

/** What is left of a quota; without `perDay` there is none. The day is that of UTC. */
export const Quota = z.object({
  usedToday: z.int(),
  perDay: z.int().optional(),
  left: z.int().optional(),
  resetsAt: Time,
})
export type Quota = z.infer<typeof Quota>

/** A field that answers have. */
export const EnrichmentField = z.object({
  name: z.string(),
  label: z.string(),
  type: FieldType,
  pivotType: PivotType.optional(),
})
export type EnrichmentField = z.infer<typeof EnrichmentField>

const Limits = z.object({ requests: z.int(), perSeconds: z.number(), perDay: z.int().optional() })

export const ConnectorSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  description: z.string(),
  homepage: z.string().optional(),
  kind: ConnectorKind,
  types: z.array(PivotType),
  sourceType: SourceType,
  enabled: z.boolean(),
  tlp: Tlp,
  state: z.object({ code: ConnectorStateCode, message: z.string(), until: Time.optional() }),
  plainHttp: z.boolean().describe('Some request goes over plain http when https does not answer.'),
  secrets: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      description: z.string().optional(),
      required: z.boolean(),
      set: z.boolean(),
      setAt: Time.optional(),
    }),
  ),
  limits: Limits.optional(),
  quota: Quota.optional().describe('Only of a connector that asks over HTTP.'),
  cacheSeconds: z.int().optional(),
  file: z.string().optional(),
  url: z.string().optional().describe('The template of a link.'),
  fields: z
    .array(EnrichmentField.extend({ types: z.array(PivotType) }))
    .describe('Fields that its answers have, with the types of value for which they have them.'),
  updatedAt: Time.optional(),
})
export type ConnectorSummary = z.infer<typeof ConnectorSummary>

export const ConnectorDetail = ConnectorSummary.extend({
  definition: z.record(z.string(), z.unknown()),
  yaml: z.string().describe('The definition as the file of `connectors/` would be.'),
})

const Definition = {
  definition: z.record(z.string(), z.unknown()).optional(),
  yaml: z.string().max(100_000).optional(),
}
const ConnectorInput = z
  .strictObject(Definition)
  .refine(
    ({ definition, yaml }) => (definition === undefined) !== (yaml === undefined),
    'Give definition or yaml.',
  )

const path = '/quarry/v1/connectors'

export const listConnectors = endpoint({
  id: 'connectors.list',
  method: 'GET',
  path,
  description:
    'Lists the connectors by name; with `type` those that can be asked about a value of this type.',
  access: 'enrichments:use',
  query: z.object({
    type: PivotType.optional(),
    usable: z.stringbool().default(false).describe('Only those that are switched on.'),
  }),
  output: z.object({ items: z.array(ConnectorSummary) }),
  errors: [],
})

export const getConnector = endpoint({
  id: 'connectors.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one connector and its definition. Secrets are never part of it.',
  access: 'enrichments:use',
  params: IdParam,
  output: ConnectorDetail,
  errors: ['connector_not_found'],
})

export const createConnector = endpoint({
  id: 'connectors.create',
  method: 'POST',
  path,
  description:
    'Adds a connector of one’s own, as an object or as YAML. Its secrets are set by a call of their own.',
  access: 'connectors:manage',
  body: ConnectorInput,
  output: ConnectorDetail,
  status: 201,
  errors: ['bad_connector', 'name_taken'],
})

export const updateConnector = endpoint({
  id: 'connectors.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description:
    'Switches a connector on or off and sets its marking, limits, cache time and file. One’s own also takes a new definition; when its hosts change, its secrets are forgotten.',
  access: 'connectors:manage',
  params: IdParam,
  body: z.strictObject({
    enabled: z.boolean().optional(),
    tlp: Tlp.optional(),
    limits: z
      .strictObject({
        requests: z.int().min(1).max(10_000),
        perSeconds: z.number().min(0.1).max(3600),
        perDay: z.int().min(1).max(10_000_000).optional(),
      })
      .optional(),
    cacheSeconds: z.int().min(0).max(31_536_000).optional(),
    file: z.string().max(120).optional(),
    ...Definition,
  }),
  output: ConnectorDetail,
  errors: ['connector_not_found', 'bad_connector', 'canned_connector', 'name_taken'],
})

export const deleteConnector = endpoint({
  id: 'connectors.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Removes a connector of one’s own, with its secrets and what it answered.',
  access: 'connectors:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['connector_not_found', 'canned_connector'],
})

export const putConnectorSecret = endpoint({
  id: 'connectors.putSecret',
  method: 'PUT',
  path: `${path}/{id}/secret`,
  description:
    'Sets a secret of a connector, or with null forgets it. It is sealed, and no call answers with it.',
  access: 'connectors:manage',
  params: IdParam,
  body: z.strictObject({ name: z.string().max(32), value: z.string().trim().min(4).max(4000).nullable() }),
  output: ConnectorSummary,
  errors: ['connector_not_found', 'secret_not_found'],
})

const TestInput = { type: PivotType, value: z.string().max(8192) }
const Tested = z.object({
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().optional(),
    })
    .optional()
    .describe('What was sent, secrets masked.'),
  response: z
    .object({
      status: z.int(),
      milliseconds: z.number(),
      bytes: z.int(),
      address: z.string(),
      encrypted: z.boolean().describe('Whether it went over https.'),
    })
    .optional(),
  item: EnrichmentItem,
  fields: z.array(EnrichmentField),
})
export type Tested = z.infer<typeof Tested>

export const testConnector = endpoint({
  id: 'connectors.test',
  method: 'POST',
  path: `${path}/{id}/test`,
  description: 'Asks a connector about one value, past the cache, and shows the request and the answer.',
  access: 'connectors:manage',
  params: IdParam,
  body: z.strictObject(TestInput),
  output: Tested,
  errors: ['connector_not_found'],
})

export const tryConnector = endpoint({
  id: 'connectors.try',
  method: 'POST',
  path: '/quarry/v1/connector-drafts/test',
  description:
    'Does the same with a connector that is not saved yet. With `id` it may use the secrets of that connector, as long as its hosts are the same.',
  access: 'connectors:manage',
  body: z.strictObject({
    ...TestInput,
    ...Definition,
    id: Id.optional(),
    secrets: z.record(z.string(), z.string().max(4000)).default({}),
  }),
  output: Tested,
  errors: ['bad_connector', 'connector_not_found'],
})
