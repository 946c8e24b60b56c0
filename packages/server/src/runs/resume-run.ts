import { randomUUID } from 'node:crypto'
import { AppError, readableTables } from '@quarry/schema'
import type { Note } from '@quarry/schema/agent/query'
import type { Transaction } from 'kysely'
import { addCost } from '../queries/cost.ts'
import type { Database } from '../state/schema.ts'
import type { Who } from '../who.ts'
import { readRunCost } from './run-cost.ts'
import type { RunRow } from './run-of.ts'

/** A device that goes on, and under which id. */
export interface Resumed {
  endpointId: string
  legId: string
  /** JSON of the place. */
  from: string
}

/**
 * Opens a run again for the devices that a limit stopped where the query can go on.
 * @param endpointIds only these; all when undefined
 * @param lastSequence of the batches that came of a device
 * @throws AppError run_not_resumable, results_expired, forbidden
 */
export async function reopenRun(
  trx: Transaction<Database>,
  run: RunRow,
  who: Who,
  endpointIds: readonly string[] | undefined,
  lastSequence: (endpointId: string) => number,
): Promise<Resumed[]> {
  if (run.results_expired === 1) throw new AppError('results_expired')
  if (run.query_id === null && !who.permissions.includes('queries:run-ad-hoc'))
    throw new AppError('forbidden', 'Your role may run saved queries, but no SQL of one’s own.')
  const parts = await trx
    .selectFrom('run_endpoints')
    .select(['endpoint_id', 'continuation', 'warnings'])
    .where('run_id', '=', run.id)
    .where('status', '=', 'finished')
    .where('continuation', 'is not', null)
    .$if(endpointIds !== undefined, (query) => query.where('endpoint_id', 'in', endpointIds!))
    .execute()
  if (parts.length === 0) throw new AppError('run_not_resumable')
  if (run.status === 'finished' && run.query_id !== null)
    await addCost(trx, run.query_id, (await readRunCost(trx, run.id)).sums, -1)

  const resumed: Resumed[] = []
  for (const { endpoint_id, continuation, warnings } of parts) {
    const legId = randomUUID()
    const base = lastSequence(endpoint_id)
    await trx.insertInto('run_legs').values({ id: legId, run_id: run.id, endpoint_id, base }).execute()
    await trx
      .updateTable('run_endpoints')
      .set({
        status: 'pending',
        result: 'notAvailable',
        finished_at: null,
        error: null,
        warnings: JSON.stringify(
          (JSON.parse(warnings) as Note[]).filter(({ code }) => !/^limited_/.test(code)),
        ),
        leg_id: legId,
        leg_from: continuation,
      })
      .where('run_id', '=', run.id)
      .where('endpoint_id', '=', endpoint_id)
      .execute()
    resumed.push({ endpointId: endpoint_id, legId, from: continuation! })
  }
  await trx.updateTable('runs').set(reopened(run, who)).where('id', '=', run.id).execute()
  return resumed
}

/** It is read with the rights of who asked first and of who goes on. */
function reopened(run: RunRow, who: Who) {
  const now = Date.now()
  const mine: readonly string[] = readableTables(who.permissions)
  const readable = (JSON.parse(run.readable) as string[]).filter((table) => mine.includes(table))
  return {
    status: 'started' as const,
    result: 'notAvailable' as const,
    finished_at: null,
    summary: null,
    readable: JSON.stringify(readable),
    deadline_at: now + run.max_seconds * 1000,
    resumed_at: now,
  }
}
