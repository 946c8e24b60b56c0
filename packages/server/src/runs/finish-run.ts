import type { Kysely, Transaction } from 'kysely'
import { addCost } from '../queries/cost.ts'
import type { Database } from '../state/schema.ts'
import { countEndpoints } from './counts.ts'
import { readRunCost } from './run-cost.ts'
import type { Summary } from './run-of.ts'
import type { Result } from './tables.ts'

/** How the devices that have not ended are ended with the run. */
export type Ending = 'timedOut' | 'canceled'

const reasons = {
  offline: { code: 'offline', message: 'The device was offline until the run ended.' },
  waiting: { code: 'not_started', message: 'The device did not begin the query before the run ended.' },
  running: {
    code: 'deadline',
    message: 'The run ended before the query did; the rows that came are kept.',
  },
}

/** Ends the devices of a run that have not ended; their rows stay. */
export async function endDevices(trx: Transaction<Database>, runId: string, ending: Ending, now: number) {
  const open = trx
    .updateTable('run_endpoints')
    .set({ status: 'finished', result: ending, finished_at: now })
    .where('run_id', '=', runId)
    .where('status', '<>', 'finished')
  if (ending === 'canceled') {
    await open.execute()
    return
  }
  const online = trx.selectFrom('endpoints').select('id').where('online', '=', 1)
  const pending = open.where('status', '=', 'pending')
  await open
    .where('status', '=', 'started')
    .set({ error: JSON.stringify(reasons.running) })
    .execute()
  await pending
    .where('endpoint_id', 'in', online)
    .set({ error: JSON.stringify(reasons.waiting) })
    .execute()
  await open.set({ error: JSON.stringify(reasons.offline) }).execute()
}

/**
 * Ends a run all of whose devices have ended. Its result is `canceled` when somebody ended it; else `succeeded` when any device
 * did; else `timedOut`, `failed` or `canceled`, the first that any device has.
 */
export async function finishRun(
  trx: Transaction<Database>,
  runId: string,
  resultCount: number,
  now: number,
  canceled: boolean,
): Promise<void> {
  const counts = (await countEndpoints(trx, [runId])).get(runId)!
  const { performance, warnings, sums, resumable } = await readRunCost(trx, runId)
  const summary: Summary = { endpointCounts: counts, performance, warnings, resultCount, resumable }
  const { finished } = counts.statuses
  const order = ['succeeded', 'timedOut', 'failed', 'canceled'] as const
  const result: Result = canceled
    ? 'canceled'
    : (order.find((each) => finished[each].total > 0) ?? 'succeeded')
  await trx
    .updateTable('runs')
    .set({ status: 'finished', result, finished_at: now, summary: JSON.stringify(summary) })
    .where('id', '=', runId)
    .execute()
  const { query_id } = await trx
    .selectFrom('runs')
    .select('query_id')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  if (query_id) await addCost(trx, query_id, sums)
}

/** Of these runs, those that go on although all their devices have ended. */
export async function endedRuns(db: Kysely<Database>, runIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('runs as r')
    .select('r.id')
    .where('r.id', 'in', runIds)
    .where('r.status', '<>', 'finished')
    .where((b) =>
      b.not(
        b.exists(
          b
            .selectFrom('run_endpoints as e')
            .select('e.run_id')
            .whereRef('e.run_id', '=', 'r.id')
            .where('e.status', '<>', 'finished'),
        ),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}
