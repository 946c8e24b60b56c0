import type { Ground } from '../context.ts'
import type { ResultStore } from './store.ts'

/** How long results are kept, and how much of them; the oldest go first. */
export const keptMillis = 30 * 86_400_000
export const keptBytes = 20e9
const everyMillis = 600_000

/**
 * Deletes the results of finished runs that are too old, then the oldest until the rest is small enough. The runs stay,
 * marked `resultsExpired`.
 * @returns the ids of the runs whose results went
 */
export async function expireResults(
  { db }: Pick<Ground, 'db'>,
  results: Pick<ResultStore, 'sizes' | 'remove'>,
  limits: { now: number; bytes: number },
): Promise<string[]> {
  const sizes = results.sizes()
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const finished = await db
    .selectFrom('runs')
    .select(['id', 'finished_at'])
    .where('status', '=', 'finished')
    .where('results_expired', '=', 0)
    .orderBy('finished_at')
    .execute()
  const expired: string[] = []
  for (const { id, finished_at } of finished) {
    const tooOld = limits.now - finished_at! > keptMillis
    if (!tooOld && total <= limits.bytes) break
    await db.updateTable('runs').set({ results_expired: 1 }).where('id', '=', id).execute()
    await results.remove(id)
    total -= sizes.get(id) ?? 0
    expired.push(id)
  }
  return expired
}

/** Keeps the results within their limits while the server runs. */
export function openRetention(ground: Ground, results: ResultStore): void {
  const sweep = () =>
    expireResults(ground, results, { now: Date.now(), bytes: keptBytes })
      .then((ids) => {
        if (ids.length > 0) ground.log.info({ runs: ids.length }, 'Results expired')
      })
      .catch((error) => ground.log.error({ err: error }, 'Results could not be expired'))
  const timer = setInterval(sweep, everyMillis)
  timer.unref()
  ground.onClosed.push(() => clearInterval(timer))
}
