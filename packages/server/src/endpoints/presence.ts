import type { Facts } from '@quarry/schema/agent/facts'
import type { Kysely, Updateable } from 'kysely'
import type { Database } from '../state/schema.ts'
import { columnsOf } from './device-of.ts'

/** How long a sign of life may wait to be written, in milliseconds; links and losses are written at once. */
const seenMillis = 30_000

/**
 * Writes which devices are linked and when each was last seen. What comes in one turn of the event loop is written in one
 * transaction, so that a fleet that links again at once costs few writes.
 */
export function openPresence(db: Kysely<Database>) {
  const pending = new Map<string, Updateable<Database['endpoints']>>()
  let writing: Promise<void> | undefined
  let seenTimer: NodeJS.Timeout | undefined

  const change = (id: string, values: Updateable<Database['endpoints']>) =>
    pending.set(id, { ...pending.get(id), ...values })

  async function write(): Promise<void> {
    const taken = [...pending]
    pending.clear()
    if (taken.length === 0) return
    await db.transaction().execute(async (trx) => {
      for (const [id, values] of taken) {
        await trx.updateTable('endpoints').set(values).where('id', '=', id).execute()
      }
    })
  }

  /** Writes what waits; resolves when all that was said before the call is in the database. */
  async function flush(): Promise<void> {
    clearTimeout(seenTimer)
    seenTimer = undefined
    while (writing) await writing.catch(() => {})
    writing = write().finally(() => {
      writing = undefined
    })
    await writing
  }

  return {
    flush,

    /** A device has linked and told its facts. */
    linked(id: string, facts: Facts): Promise<void> {
      change(id, { online: 1, last_seen_at: Date.now(), ...columnsOf(facts) })
      return flush()
    },

    /** The link of a device is gone. */
    lost(id: string): Promise<void> {
      change(id, { online: 0, last_seen_at: Date.now() })
      return flush()
    },

    /** A device gave a sign of life. */
    seen(id: string): void {
      change(id, { last_seen_at: Date.now() })
      seenTimer ??= setTimeout(() => void flush().catch(() => {}), seenMillis).unref()
    },
  }
}
