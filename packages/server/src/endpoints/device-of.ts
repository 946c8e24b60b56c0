import { Facts } from '@quarry/schema/agent/facts'
import type { Device } from '@quarry/schema/endpoints/endpoints'
import type { Selectable } from 'kysely'
import type { EndpointTables } from './tables.ts'

export type EndpointRow = Selectable<EndpointTables['endpoints']>

/** A device counts as cloned for a day after a second machine last used its key. */
export const clonedMillis = 86_400_000

const platforms = { linux: 'linux', darwin: 'macOS', windows: 'windows' } as const

/** What the table keeps of the facts of an agent. */
export function columnsOf(facts: Facts) {
  return {
    facts: JSON.stringify(facts),
    hostname: facts.hostname,
    type: facts.isServer ? ('server' as const) : ('computer' as const),
    platform: platforms[facts.platform],
    os_name: facts.osName,
    os_version: `${facts.majorVersion}.${facts.minorVersion}`,
    addresses: ` ${[...facts.ipv4Addresses, ...facts.ipv6Addresses].join(' ')} `,
    person: facts.lastUser ?? '',
  }
}

/**
 * Health as far as anything measures it: bad when two machines use the key, good while the agent is linked, unknown while it is
 * offline. What the agent cannot see or do is listed with its reasons and is not held against the device. Nothing looks for
 * threats yet, so these are unknown.
 */
export function healthOf(row: Pick<EndpointRow, 'cloned_at' | 'online'>, now: number) {
  if (isCloned(row, now)) return 'bad' as const
  return row.online ? ('good' as const) : ('unknown' as const)
}

export const isCloned = ({ cloned_at }: Pick<EndpointRow, 'cloned_at'>, now: number): boolean =>
  cloned_at !== null && now - cloned_at < clonedMillis

const time = (millis: number) => new Date(millis).toISOString()

/** A device as the API shows it. */
export function deviceOf(
  row: EndpointRow & { group_name: string | null },
  tenantId: string,
  now: number,
): Device {
  const facts = Facts.parse(JSON.parse(row.facts))
  const health = healthOf(row, now)
  return {
    id: row.id,
    type: row.type,
    tenant: { id: tenantId },
    hostname: row.hostname,
    health: {
      overall: health,
      threats: { status: 'unknown' },
      services: {
        status: health,
        serviceDetails: facts.capabilities.map(({ name, state }) => ({ name, status: state })),
      },
    },
    os: {
      isServer: facts.isServer,
      platform: row.platform,
      name: facts.osName,
      majorVersion: facts.majorVersion,
      minorVersion: facts.minorVersion,
      build: facts.build,
    },
    ipv4Addresses: facts.ipv4Addresses,
    ipv6Addresses: facts.ipv6Addresses,
    macAddresses: facts.macAddresses,
    ...(row.group_id && row.group_name !== null && { group: { id: row.group_id, name: row.group_name } }),
    ...(row.person && { associatedPerson: { viaLogin: row.person } }),
    tamperProtectionEnabled: false,
    assignedProducts: [{ code: 'quarryAgent', version: facts.agentVersion, status: 'installed' }],
    ...(row.last_seen_at !== null && { lastSeenAt: time(row.last_seen_at) }),
    online: row.online === 1,
    isolation: { status: 'notIsolated' },
    agent: {
      version: facts.agentVersion,
      capabilities: facts.capabilities,
      state: isCloned(row, now) ? 'cloned' : 'ok',
      enrolledAt: time(row.enrolled_at),
    },
    hardware: {
      cpu: facts.cpu,
      cores: facts.cores,
      memoryBytes: facts.memoryBytes,
      vendor: facts.vendor,
      model: facts.model,
    },
    kernel: facts.kernel,
    bootedAt: time(Math.round(facts.bootedAt * 1000)),
  }
}
