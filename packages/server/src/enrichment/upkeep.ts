import type { Ground } from '../context.ts'
import type { GroupWrites } from './group-writes.ts'

const everyMillis = 3_600_000
const sendsMillis = 2 * 86_400_000
const maxAnswers = 500_000

/** Removes every hour what nobody needs any more: expired answers, the oldest of too many, and sends of days ago. */
export function openUpkeep({ closing, log }: Pick<Ground, 'closing' | 'log'>, writes: GroupWrites) {
  async function sweep(): Promise<void> {
    const now = Date.now()
    await writes.write(async (trx) => {
      await trx.deleteFrom('enrichment_cache').where('expires_at', '<', now).execute()
      await trx
        .deleteFrom('connector_sends')
        .where('at', '<', now - sendsMillis)
        .execute()
      await trx.deleteFrom('connector_rests').where('until', '<', now).execute()
      const beyond = await trx
        .selectFrom('enrichment_cache')
        .select('fetched_at')
        .orderBy('fetched_at', 'desc')
        .offset(maxAnswers)
        .limit(1)
        .executeTakeFirst()
      if (beyond)
        await trx.deleteFrom('enrichment_cache').where('fetched_at', '<=', beyond.fetched_at).execute()
    })
  }
  const sweepOrLog = () =>
    void sweep().catch((error) => log.warn({ err: error }, 'old answers of connectors were not removed'))
  const timer = setInterval(sweepOrLog, everyMillis).unref()
  closing.addEventListener('abort', () => clearInterval(timer))
  return { sweep }
}
