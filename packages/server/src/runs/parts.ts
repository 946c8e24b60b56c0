import type { Note, QueryEnd } from '@quarry/schema/agent/query'
import type { Kysely, Selectable, Transaction, Updateable } from 'kysely'
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
  /** It is a leg that goes on: what it cost and warned of is added to what came before. */
  continued?: boolean
}

export const keyOf = ({ runId, endpointId }: PartKey): string => `${runId} ${endpointId}`

/** How a part stands, and its latest leg. */
export type PartState = Pick<Selectable<RunTables['run_endpoints']>, 'status' | 'leg_id'>

/** Reads the status of parts. A device has no part in a run that was not for it. */
export async function readParts(db: Kysely<Database>, keys: readonly PartKey[]) {
  const byRun = Map.groupBy(keys, ({ runId }) => runId)
  const parts = new Map<string, PartState>()
  for (const [runId, ofRun] of byRun) {
    const rows = await db
      .selectFrom('run_endpoints')
      .select(['endpoint_id', 'status', 'leg_id'])
      .where('run_id', '=', runId)
      .where('endpoint_id', 'in', [...new Set(ofRun.map(({ endpointId }) => endpointId))])
      .execute()
    for (const row of rows) parts.set(keyOf({ runId, endpointId: row.endpoint_id }), row)
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
  const { rows, bytes, end, continued } = change
  const before = end && continued ? await readSpent(trx, { runId, endpointId }) : undefined
  const values: Updateable<Database['run_endpoints']> = {
    ...(rows !== undefined && { rows }),
    ...(bytes !== undefined && { bytes }),
    status: end ? 'finished' : 'started',
    // With rows beyond it, the place where the leg began is none to go on at.
    ...(rows !== undefined && !end && { continuation: null }),
    ...(end && endValues(end, now, before)),
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

function endValues({ status, error, warnings, stats, continuation }: PartEnd, now: number, before?: Spent) {
  const all = [...(JSON.parse(before?.warnings ?? '[]') as Note[]), ...warnings]
  // A leg that came to nothing leaves the place where it began.
  const keeps = !continuation && status !== 'succeeded' && stats?.rows === 0 && before !== undefined
  return {
    result: status,
    finished_at: now,
    ...(stats && {
      wall_millis: stats.wallMillis + (before?.wall_millis ?? 0),
      cpu_millis: stats.cpuMillis + (before?.cpu_millis ?? 0),
      paused_millis: stats.pausedMillis + (before?.paused_millis ?? 0),
      peak_memory: Math.max(Math.round(stats.peakMemoryBytes), Number(before?.peak_memory ?? 0)),
    }),
    warnings: JSON.stringify(distinct(all)),
    error: error ? JSON.stringify(error) : null,
    ...(!keeps && { continuation: continuation ? JSON.stringify(continuation) : null }),
  }
}

const distinct = (notes: readonly Note[]) => [
  ...new Map(notes.map((note) => [`${note.code} ${note.message}`, note])).values(),
]

const spent = ['warnings', 'wall_millis', 'cpu_millis', 'paused_millis', 'peak_memory'] as const
type Spent = Pick<Selectable<RunTables['run_endpoints']>, (typeof spent)[number]>

/** What the legs before cost, and what they warned of. */
function readSpent(trx: Transaction<Database>, { runId, endpointId }: PartKey): Promise<Spent | undefined> {
  return trx
    .selectFrom('run_endpoints')
    .select(spent)
    .where('run_id', '=', runId)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst()
}

/** The end of a part whose device sent what cannot be stored. */
export function endByServer(code: string, message: string): PartEnd {
  return { status: 'failed', error: { code, message }, warnings: [] }
}
