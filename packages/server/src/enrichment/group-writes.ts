import type { Kysely } from 'kysely'
import type { Database } from '../state/schema.ts'

/** One write of many that are committed together. */
export type Write = (trx: Kysely<Database>) => Promise<unknown>

export type GroupWrites = ReturnType<typeof openGroupWrites>

/**
 * Gathers writes of one turn of the event loop into one transaction: a disk that syncs in milliseconds would else set
 * the pace of the requests.
 * @returns a function whose promise resolves when the write is on the disk
 */
export function openGroupWrites(db: Kysely<Database>) {
  const waiting: { write: Write; resolve(): void; reject(error: unknown): void }[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const taken = waiting.splice(0, 500)
      try {
        await db.transaction().execute(async (trx) => {
          for (const { write } of taken) await write(trx)
        })
        for (const { resolve } of taken) resolve()
      } catch (error) {
        for (const { reject } of taken) reject(error)
      }
    }
    running = undefined
  }

  function write(one: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ write: one, resolve, reject })
      running ??= drain()
    })
  }

  /** Resolves when nothing waits any more. */
  async function settled(): Promise<void> {
    while (running) await running
  }

  return { write, settled }
}
