import { z } from 'zod'
import { Recording } from '../agent/recording.ts'
import { endpoint } from '../endpoint.ts'
import { Fields, Id, IdParam, OffsetPages, offsetPaging, Time } from '../values.ts'

export const OsPlatform = z.enum(['windows', 'linux', 'macOS'])
export const EndpointType = z.enum(['computer', 'server'])
export const HealthStatus = z.enum(['good', 'suspicious', 'bad', 'unknown'])

/** One thing an agent can or cannot do on its host, and why. */
export const Capability = z.object({
  name: z.string(),
  state: z.enum(['on', 'limited', 'off']),
  reason: z.string().optional(),
})

export const Device = z.object({
  id: Id,
  type: EndpointType,
  tenant: z.object({ id: Id }),
  hostname: z.string(),
  health: z.object({
    overall: HealthStatus,
    threats: z.object({ status: HealthStatus }),
    services: z.object({
      status: HealthStatus,
      serviceDetails: z.array(z.object({ name: z.string(), status: z.string() })),
    }),
  }),
  os: z.object({
    isServer: z.boolean(),
    platform: OsPlatform,
    name: z.string(),
    majorVersion: z.int(),
    minorVersion: z.int(),
    build: z.int(),
  }),
  ipv4Addresses: z.array(z.string()),
  ipv6Addresses: z.array(z.string()),
  macAddresses: z.array(z.string()),
  group: z.object({ id: Id, name: z.string() }).optional(),
  associatedPerson: z.object({ viaLogin: z.string() }).optional(),
  tamperProtectionEnabled: z.boolean(),
  assignedProducts: z.array(
    z.object({ code: z.string(), version: z.string(), status: z.enum(['installed', 'notInstalled']) }),
  ),
  lastSeenAt: Time.optional(),
  online: z.boolean(),
  isolation: z.object({ status: z.enum(['isolated', 'notIsolated']) }),
  agent: z.object({
    version: z.string(),
    capabilities: z.array(Capability),
    state: z
      .enum(['ok', 'cloned'])
      .describe('`cloned`: two machines used this device key at once; the later was refused.'),
    enrolledAt: Time,
  }),
  hardware: z
    .object({ cpu: z.string(), cores: z.int(), memoryBytes: z.int(), vendor: z.string(), model: z.string() })
    .partial(),
  kernel: z.string().optional(),
  bootedAt: Time.optional(),
})
export type Device = z.infer<typeof Device>

/** Conditions inside a filter are all met (AND). */
export const EndpointFilter = z.strictObject({
  ids: z.array(Id).min(1).max(1000).optional(),
  type: z.array(EndpointType).optional(),
  healthStatus: z.array(HealthStatus).optional(),
  hostnameContains: z.string().optional(),
  associatedPersonContains: z.string().optional(),
  groupNameContains: z.string().optional(),
  os: z
    .array(
      z.strictObject({
        platform: OsPlatform.optional(),
        type: EndpointType.optional(),
        version: z.string().optional(),
      }),
    )
    .optional(),
  ipAddresses: z.array(z.string()).optional(),
  lastSeenBefore: z.string().optional().describe('RFC 3339.'),
  lastSeenAfter: z.string().optional().describe('RFC 3339.'),
  online: z.boolean().optional(),
  search: z.string().optional(),
  searchFields: z
    .array(z.enum(['hostname', 'groupName', 'associatedPersonName', 'ipAddresses', 'osName']))
    .optional(),
})
export type EndpointFilter = z.infer<typeof EndpointFilter>

/** Which devices a run is for: all, or those that meet any of up to five filters (OR). */
export const MatchEndpoints = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ filters: z.array(EndpointFilter).min(1).max(5) }),
])
export type MatchEndpoints = z.infer<typeof MatchEndpoints>

const path = '/endpoint/v1/endpoints'
const list = z.string().optional()

export const listEndpoints = endpoint({
  id: 'endpoints.list',
  method: 'GET',
  path,
  description: 'Lists the enrolled devices.',
  access: 'endpoints:read',
  query: Fields.extend({
    ...offsetPaging(50, 500),
    sort: z.string().optional().describe('`hostname:asc`, `lastSeenAt:desc`, …'),
    ids: list.describe('Separated by commas; so are the other lists.'),
    type: list,
    healthStatus: list,
    platform: list,
    hostnameContains: z.string().optional(),
    groupNameContains: z.string().optional(),
    associatedPersonContains: z.string().optional(),
    ipAddresses: list,
    lastSeenBefore: z.string().optional(),
    lastSeenAfter: z.string().optional(),
    online: z.stringbool().optional(),
    search: z.string().max(200).optional(),
    searchFields: list,
  }),
  output: z.object({ items: z.array(Device), pages: OffsetPages }),
  errors: [],
})

export const getEndpoint = endpoint({
  id: 'endpoints.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one device.',
  access: 'endpoints:read',
  params: IdParam,
  query: Fields,
  output: Device,
  errors: ['endpoint_not_found'],
})

export const getRecording = endpoint({
  id: 'endpoints.recording',
  method: 'GET',
  path: '/quarry/v1/endpoints/{id}/recording',
  description:
    'Answers how a device records and how far back its journals reach, as it told last; empty when it never told.',
  access: 'endpoints:read',
  params: IdParam,
  output: z.object({ recording: Recording.optional(), reportedAt: Time.optional() }),
  errors: ['endpoint_not_found'],
})

export const deleteEndpoint = endpoint({
  id: 'endpoints.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Forgets a device: its key opens nothing any more, its results stay.',
  access: 'endpoints:manage',
  params: IdParam,
  output: z.object({ deleted: z.boolean() }),
  errors: ['endpoint_not_found'],
})

export const matchEndpoints = endpoint({
  id: 'endpoints.match',
  method: 'POST',
  path: `${path}/match`,
  description: 'Counts the devices that a run with this `matchEndpoints` would be for. Asks nothing of them.',
  access: 'endpoints:read',
  body: z.strictObject({ matchEndpoints: MatchEndpoints }),
  output: z.object({
    total: z.int(),
    online: z.int(),
    offline: z.int(),
    types: z.record(z.string(), z.int()),
    platforms: z.record(z.string(), z.int()),
  }),
  errors: [],
})
