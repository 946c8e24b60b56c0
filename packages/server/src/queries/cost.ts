import type { PerformanceScore } from '@quarry/schema'
import type { QueryPerformance } from '@quarry/schema/endpoints/queries'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../state/schema.ts'
import type { QueryTables } from './tables.ts'

export type CostRow = Selectable<QueryTables['query_costs']>

/** Bounds of excellent, good and fair; what is beyond the last is poor. */
const bounds = {
  wallMillis: [1_000, 5_000, 30_000],
  cpuMillis: [300, 2_000, 10_000],
  bytes: [100_000, 1_000_000, 5_000_000],
} as const
const scores = ['excellent', 'good', 'fair', 'poor'] as const

/** Means of a device. */
export interface Means {
  wallMillis: number
  cpuMillis: number
  bytes: number
}

/** Scores a query by the worst of its three means. */
export function scoreOf(means: Means): PerformanceScore {
  const ranks = (Object.keys(bounds) as (keyof Means)[]).map((key) => {
    const rank = bounds[key].findIndex((bound) => means[key] < bound)
    return rank < 0 ? scores.length - 1 : rank
  })
  return scores[Math.max(...ranks)]!
}

/** What a query costs, from the sums over its runs. */
export function performanceOf(cost: CostRow | undefined): QueryPerformance {
  if (!cost || cost.devices === 0) return { score: 'notEvaluated', runs: cost?.runs ?? 0 }
  const means: Means = {
    wallMillis: cost.wall_millis / cost.devices,
    cpuMillis: cost.cpu_millis / cost.devices,
    bytes: cost.bytes / cost.devices,
  }
  return {
    score: scoreOf(means),
    averageExecutionTimeInMillis: means.wallMillis,
    averageDataTransferredInBytes: means.bytes,
    averageCpuTimeInMillis: means.cpuMillis,
    runs: cost.runs,
  }
}

/**
 * Adds a finished run to what its query costs: the devices that told what it cost them.
 * @param sign −1 takes it back, when the run goes on
 */
export async function addCost(
  db: Kysely<Database>,
  queryId: string,
  sums: { devices: number; wallMillis: number; cpuMillis: number; bytes: number },
  sign: 1 | -1 = 1,
): Promise<void> {
  if (sums.devices === 0) return
  await db
    .updateTable('query_costs')
    .set((b) => ({
      runs: b('runs', '+', sign),
      devices: b('devices', '+', sign * sums.devices),
      wall_millis: b('wall_millis', '+', sign * sums.wallMillis),
      cpu_millis: b('cpu_millis', '+', sign * sums.cpuMillis),
      bytes: b('bytes', '+', sign * sums.bytes),
    }))
    .where('query_id', '=', queryId)
    .execute()
}

/** Keeps which run of a query was the last. */
export async function noteRun(
  db: Kysely<Database>,
  queryId: string,
  run: { id: string; at: number; devices: number },
): Promise<void> {
  const last = { last_run_id: run.id, last_run_at: run.at, last_run_devices: run.devices }
  await db
    .insertInto('query_costs')
    .values({ query_id: queryId, runs: 0, devices: 0, wall_millis: 0, cpu_millis: 0, bytes: 0, ...last })
    .onConflict((conflict) => conflict.column('query_id').doUpdateSet(last))
    .execute()
}
