import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Id, Time } from '../values.ts'

const path = '/quarry/v1/reputation'

export const ReputationSettings = z.strictObject({
  connectorIds: z
    .array(Id)
    .max(20)
    .describe('Connectors that are asked by hash for every program that a device meets.'),
  allowListId: Id.nullable().describe('IOC list of hashes that are good.'),
  blockListId: Id.nullable().describe('IOC list of hashes that are bad.'),
})
export type ReputationSettings = z.infer<typeof ReputationSettings>

export const getReputationSettings = endpoint({
  id: 'reputation.settings',
  method: 'GET',
  path: `${path}/settings`,
  description: 'Says where the global reputation of files comes from.',
  access: 'endpoints:read',
  output: ReputationSettings,
  errors: [],
})

export const updateReputationSettings = endpoint({
  id: 'reputation.updateSettings',
  method: 'PATCH',
  path: `${path}/settings`,
  description: 'Sets where the global reputation of files comes from; what devices know is asked anew.',
  access: 'connectors:manage',
  body: ReputationSettings.partial(),
  output: ReputationSettings,
  errors: ['connector_not_found', 'ioc_list_not_found', 'bad_request'],
})

export const getReputation = endpoint({
  id: 'reputation.get',
  method: 'GET',
  path: `${path}/{sha256}`,
  description: 'The global reputation of a file with its evidence; asks the sources for what is not known.',
  access: 'enrichments:use',
  params: z.object({ sha256: z.string().regex(/^[0-9a-fA-F]{64}$/) }),
  output: z.object({
    sha256: z.string(),
    globalRep: z.int().describe('0 (bad) to 100 (good); −1 when nobody was asked.'),
    evidence: z.array(z.object({ code: z.string(), text: z.string() }).loose()),
    expiresAt: Time,
    devices: z.int().describe('Devices that have met it.'),
  }),
  errors: [],
})

export const listReputationDifferences = endpoint({
  id: 'reputation.differences',
  method: 'GET',
  path: `${path}/differences`,
  description:
    'Files of packages that differ from one device to the next: the same package, version and path, and another digest on the few.',
  access: 'endpoints:read',
  output: z.object({
    items: z.array(
      z.object({
        path: z.string(),
        package: z.string(),
        version: z.string(),
        sha256: z.string().describe('The digest of the few.'),
        usualSha256: z.string(),
        usualDevices: z.int(),
        endpoints: z.array(z.object({ id: Id, hostname: z.string() })).describe('The few, 100 at most.'),
      }),
    ),
  }),
  errors: [],
})
