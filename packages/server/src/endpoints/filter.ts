import { AppError } from '@quarry/schema'
import type { EndpointFilter, MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import type { Database } from '../state/schema.ts'
import { clonedMillis } from './device-of.ts'

/** Builder of conditions over devices `e`, with the group `g` that each may be in. */
export type DeviceBuilder = ExpressionBuilder<
  Database & { e: Database['endpoints']; g: Database['endpoint_groups'] },
  'e' | 'g'
>
type Condition = ExpressionWrapper<never, never, SqlBool>

/** Returns the condition that a device meets any of the filters (OR), or that it is any device at all. */
export function matchCondition(b: DeviceBuilder, match: MatchEndpoints, now: number): Condition {
  if ('all' in match) return b.lit(true) as unknown as Condition
  return b.or(match.filters.map((filter) => filterCondition(b, filter, now))) as Condition
}

/** `LIKE` disregards the case of ASCII letters in SQLite; `lower` on both sides makes PostgreSQL do the same. */
const contains = (b: DeviceBuilder, column: Parameters<DeviceBuilder['ref']>[0], text: string) =>
  sql<SqlBool>`lower(coalesce(${b.ref(column)}, '')) like ${`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`

const searchable = {
  hostname: 'e.hostname',
  groupName: 'g.name',
  associatedPersonName: 'e.person',
  ipAddresses: 'e.addresses',
  osName: 'e.os_name',
} as const

/** Returns the condition that a device meets all of a filter (AND). @throws AppError bad_request */
export function filterCondition(b: DeviceBuilder, filter: EndpointFilter, now: number): Condition {
  const all: (Condition | ReturnType<typeof contains>)[] = []
  const add = (condition: unknown) => all.push(condition as Condition)

  if (filter.ids) add(b('e.id', 'in', filter.ids))
  if (filter.type) add(inList(b, 'e.type', filter.type))
  if (filter.online !== undefined) add(b('e.online', '=', filter.online ? 1 : 0))
  if (filter.hostnameContains) add(contains(b, 'e.hostname', filter.hostnameContains))
  if (filter.associatedPersonContains) add(contains(b, 'e.person', filter.associatedPersonContains))
  if (filter.groupNameContains) add(contains(b, 'g.name', filter.groupNameContains))
  if (filter.ipAddresses) {
    add(b.or(filter.ipAddresses.map((address) => contains(b, 'e.addresses', ` ${address.trim()} `))))
  }
  if (filter.healthStatus) {
    add(b.or(filter.healthStatus.map((status) => healthCondition(b, status, now))))
  }
  if (filter.os) {
    add(
      b.or(
        filter.os.map(({ platform, type, version }) =>
          b.and([
            ...(platform ? [b('e.platform', '=', platform)] : []),
            ...(type ? [b('e.type', '=', type)] : []),
            ...(version ? [contains(b, 'e.os_version', version)] : []),
          ]),
        ),
      ),
    )
  }
  if (filter.lastSeenBefore) add(b('e.last_seen_at', '<', millis('lastSeenBefore', filter.lastSeenBefore)))
  if (filter.lastSeenAfter) add(b('e.last_seen_at', '>', millis('lastSeenAfter', filter.lastSeenAfter)))
  if (filter.search) {
    const fields = filter.searchFields?.length ? filter.searchFields : (['hostname', 'ipAddresses'] as const)
    add(b.or(fields.map((field) => contains(b, searchable[field], filter.search!))))
  }
  return b.and(all as Condition[]) as Condition
}

function inList(b: DeviceBuilder, column: 'e.type', values: readonly string[]) {
  return values.length > 0 ? b(column, 'in', values as never) : b.lit(false)
}

/** The same rule as `healthOf`, in SQL. */
function healthCondition(b: DeviceBuilder, status: string, now: number) {
  const since = now - clonedMillis
  if (status === 'bad') return b('e.cloned_at', '>', since)
  const notCloned = b.or([b('e.cloned_at', 'is', null), b('e.cloned_at', '<=', since)])
  if (status === 'suspicious') return b.lit(false)
  return b.and([notCloned, b('e.online', '=', status === 'good' ? 1 : 0)])
}

function millis(name: string, text: string): number {
  const value = Date.parse(text)
  if (Number.isNaN(value))
    throw new AppError('bad_request', `${name} must be a time such as 2026-01-31T09:30:00Z.`)
  return value
}
