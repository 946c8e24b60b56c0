import { z } from 'zod'
import { Capability } from '../endpoints/endpoints.ts'
import { Platform } from '../values.ts'

/** What an agent tells about its host, at enrolment and whenever it connects. */
export const Facts = z.strictObject({
  hostname: z.string().max(255),
  machineId: z.string().max(64).describe('Hash of the machine id; tells machines apart, names none.'),
  platform: Platform,
  isServer: z.boolean(),
  osName: z.string().max(200),
  majorVersion: z.int(),
  minorVersion: z.int(),
  build: z.int(),
  kernel: z.string().max(200),
  bootedAt: z.number().describe('Unix seconds.'),
  ipv4Addresses: z.array(z.string().max(45)).max(200),
  ipv6Addresses: z.array(z.string().max(45)).max(200),
  macAddresses: z.array(z.string().max(40)).max(200),
  cpu: z.string().max(200),
  cores: z.int(),
  memoryBytes: z.int(),
  vendor: z.string().max(200),
  model: z.string().max(200),
  lastUser: z.string().max(200).optional(),
  agentVersion: z.string().max(40),
  capabilities: z.array(Capability).max(100),
})
export type Facts = z.infer<typeof Facts>
