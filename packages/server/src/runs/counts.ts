import type { EndpointCounts } from '@quarry/schema/endpoints/runs'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../state/schema.ts'

/**
 * Counts the devices of runs by state. One statement reads them all, so that the numbers of a run add up at every moment.
 * @returns the counts by run id
 */
export async function countEndpoints(
  db: Kysely<Database>,
  runIds: readonly string[],
): Promise<Map<string, EndpointCounts>> {
  const counts = new Map(runIds.map((id) => [id, noCounts()]))
  if (runIds.length === 0) return counts
  const rows = await db
    .selectFrom('run_endpoints as r')
    .leftJoin('endpoints as e', 'e.id', 'r.endpoint_id')
    .select(['r.run_id', 'r.type', 'r.platform', 'r.status', 'r.result'])
    .select([
      sql<number>`case when r.rows > 0 then 1 else 0 end`.as('with_data'),
      sql<number>`coalesce(e.online, 0)`.as('online'),
      sql<number>`count(*)`.as('count'),
    ])
    .where('r.run_id', 'in', runIds)
    .groupBy(['r.run_id', 'r.type', 'r.platform', 'r.status', 'r.result'])
    .groupBy([sql`case when r.rows > 0 then 1 else 0 end`, sql`coalesce(e.online, 0)`])
    .execute()

  for (const row of rows) {
    const { statuses, ...totals } = counts.get(row.run_id)!
    const count = Number(row.count)
    counts.get(row.run_id)!.total += count
    totals.types[row.type] = (totals.types[row.type] ?? 0) + count
    totals.platforms[row.platform] = (totals.platforms[row.platform] ?? 0) + count
    if (row.status === 'pending') {
      statuses.pending.total += count
      statuses.pending[row.online ? 'online' : 'offline'] += count
      continue
    }
    const place = row.status === 'started' ? statuses.started : statuses.finished[row.result as 'succeeded']
    place.total += count
    place[row.with_data ? 'withData' : 'withoutData'] += count
  }
  return counts
}

const nothing = () => ({ total: 0, withData: 0, withoutData: 0 })

const noCounts = (): EndpointCounts => ({
  total: 0,
  types: {},
  platforms: {},
  statuses: {
    pending: { total: 0, online: 0, offline: 0 },
    started: nothing(),
    finished: { succeeded: nothing(), failed: nothing(), timedOut: nothing(), canceled: nothing() },
  },
})
