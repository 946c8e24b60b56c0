import type { QueryEnd } from '@quarry/schema/agent/query'
import type { Kysely, Transaction, Updateable } from 'kysely'
import type { Database } from '../state/schema.ts'
import type { RunTables } from './tables.ts'

/** The part of one device in one run. */
export interface PartKey {
  runId: string
  endpointId: string
}

/** How a part ended; without stats when the server ended it. */
export type PartEnd = Omit<QueryEnd, 'stats'> & Partial<Pick<QueryEnd, 'stats'>>

/** What changed for a part: rows and bytes stored in all, and how it stands. */
export interface PartChange {
  rows?: number
  bytes?: number
  started?: boolean
  end?: PartEnd
}

export const keyOf = ({ runId, endpointId }: PartKey): string => `${runId} ${endpointId}`

/** Reads the status of parts. A device has no part in a run that was not for it. */
export async function readParts(db: Kysely<Database>, keys: readonly PartKey[]) {
  const byRun = Map.groupBy(keys, ({ runId }) => runId)
  const parts = new Map<string, RunTables['run_endpoints']['status']>()
  for (const [runId, ofRun] of byRun) {
    const rows = await db
      .selectFrom('run_endpoints')
      .select(['endpoint_id', 'status'])
      .where('run_id', '=', runId)
      .where('endpoint_id', 'in', [...new Set(ofRun.map(({ endpointId }) => endpointId))])
      .execute()
    for (const row of rows) parts.set(keyOf({ runId, endpointId: row.endpoint_id }), row.status)
  }
  return parts
}

/** Writes what changed for a part. One that has ended stays as it is. */
export async function writePart(
  trx: Transaction<Database>,
  { runId, endpointId }: PartKey,
  change: PartChange,
  now: number,
): Promise<void> {
  const { rows, bytes, end } = change
  const values: Updateable<Database['run_endpoints']> = {
    ...(rows !== undefined && { rows }),
    ...(bytes !== undefined && { bytes }),
    status: end ? 'finished' : 'started',
    ...(end && endValues(end, now)),
  }
  await trx
    .updateTable('run_endpoints')
    .set(values)
    .set((b) => ({ started_at: b.fn.coalesce('started_at', b.val(now)) }))
    .where('run_id', '=', runId)
    .where('endpoint_id', '=', endpointId)
    .where('status', '<>', 'finished')
    .execute()
}

function endValues({ status, error, warnings, stats }: PartEnd, now: number) {
  return {
    result: status,
    finished_at: now,
    ...(stats && {
      wall_millis: stats.wallMillis,
      cpu_millis: stats.cpuMillis,
      paused_millis: stats.pausedMillis,
      peak_memory: Math.round(stats.peakMemoryBytes),
    }),
    warnings: JSON.stringify(warnings),
    error: error ? JSON.stringify(error) : null,
  }
}

/** The end of a part whose device sent what cannot be stored. */
export function endByServer(code: string, message: string): PartEnd {
  return { status: 'failed', error: { code, message }, warnings: [] }
}
