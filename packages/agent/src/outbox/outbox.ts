import { openStore } from './open-store.ts'
import { prepare } from './statements.ts'

export interface KnownRun {
  attempts: number
  lastSequence: number
  ended: boolean
}

export interface StoredBatch {
  sequence: number
  /** The whole message as it is sent, so that a resend is the same to the byte. */
  frame: string
}

/** What the server must still get, on disk. Every method is one transaction. */
export interface Outbox {
  /** Whether the stored batches leave no room for more rows. */
  readonly full: boolean
  find(runId: string): KnownRun | undefined
  /** Notes that the run begins, once more. @returns how often it has begun. */
  begin(runId: string): number
  /** Takes back a beginning that the agent itself broke off before any row. */
  unbegin(runId: string): void
  /** Keeps a batch; with `ended` the run has no later one. @throws SQLITE_FULL and the like; nothing is kept then. */
  append(runId: string, batch: StoredBatch, ended: boolean): void
  /**
   * Keeps a run's last batch in memory, for when the disk takes no more: it is sent all the same, and stored as soon as that
   * is possible.
   */
  hold(runId: string, batch: StoredBatch): void
  /** Tries again to store what is held in memory. */
  storeHeld(): void
  /** The first batch after `sequence`. */
  next(runId: string, sequence: number): StoredBatch | undefined
  /** Forgets the batches up to and with `sequence`. */
  acknowledge(runId: string, sequence: number): void
  /** Runs that have batches, in the order of their oldest. */
  waiting(): string[]
  /** Runs that had begun and not ended. */
  unfinished(): ({ runId: string } & KnownRun)[]
  /** Resolves when there is room for more rows, or when `signal` aborts. */
  room(signal: AbortSignal): Promise<void>
  /** Adds an hour to the age of every run. */
  grow(): void
  /** Forgets the runs in which nothing changed for more than `hours`. @returns those whose batches went unsent. */
  forget(hours: number): string[]
  close(): void
}

export interface OutboxOptions {
  /** Rows that wait beyond this make queries wait. */
  maxBytes: number
  /** Hard bound of the file; twice `maxBytes` when left out. */
  fileBytes?: number
}

/** Opens the outbox. @throws StartError when its file cannot be used. */
export function openOutbox(path: string, options: OutboxOptions): Outbox {
  const { maxBytes, fileBytes = 2 * maxBytes + (16 << 20) } = options
  const store = openStore(path, fileBytes)
  const sql = prepare(store)
  let bytes = sql.total.get() as number
  const waiters = new Set<() => void>()

  const wake = () => {
    if (bytes >= maxBytes) return
    for (const resolve of waiters) resolve()
    waiters.clear()
  }
  const append = store.transaction((runId: string, { sequence, frame }: StoredBatch, ended: boolean) => {
    const size = Buffer.byteLength(frame)
    sql.insert.run({ runId, sequence, bytes: size, frame })
    sql.advance.run({ runId, sequence, ended: Number(ended) })
    return size
  })
  const drop = store.transaction((runId: string, sequence: number) => {
    const sizes = sql.acknowledge.all(runId, sequence) as number[]
    return sizes.reduce((sum, size) => sum + size, 0)
  })
  const shrunk = () => {
    if (bytes === 0) store.pragma('incremental_vacuum')
    wake()
  }
  const held = new Map<string, StoredBatch>()

  return {
    get full() {
      return bytes >= maxBytes
    },
    find(runId) {
      const row = sql.find.get(runId) as RunRow | undefined
      const last = held.get(runId)
      if (last) return { attempts: row?.attempts ?? 0, lastSequence: last.sequence, ended: true }
      return row && known(row)
    },
    begin: (runId) => sql.begin.get(runId) as number,
    unbegin: (runId) => void sql.unbegin.run(runId),
    append(runId, batch, ended) {
      bytes += append(runId, batch, ended)
    },
    hold: (runId, batch) => void held.set(runId, batch),
    storeHeld() {
      for (const [runId, batch] of held) {
        if (!sql.find.get(runId)) sql.begin.get(runId)
        this.append(runId, batch, true)
        held.delete(runId)
      }
    },
    next(runId, sequence) {
      const last = held.get(runId)
      const stored = sql.next.get(runId, sequence) as StoredBatch | undefined
      return stored ?? (last && last.sequence > sequence ? last : undefined)
    },
    acknowledge(runId, sequence) {
      const last = held.get(runId)
      if (last && last.sequence <= sequence) {
        // Noted first: a crash between the two would end the run once more, which is harmless.
        sql.advance.run({ runId, sequence: last.sequence, ended: 1 })
        held.delete(runId)
      }
      const size = drop(runId, sequence)
      bytes -= size
      if (size > 0) shrunk()
    },
    waiting: () => sql.waiting.all() as string[],
    unfinished: () => (sql.unfinished.all() as RunRow[]).map((row) => ({ runId: row.run_id, ...known(row) })),
    async room(signal) {
      if (bytes < maxBytes || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiters.add(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      waiters.delete(resolve)
    },
    grow: () => void sql.grow.run(),
    forget(hours) {
      const unsent = sql.unsent.all(hours) as string[]
      sql.forget.run(hours)
      bytes = sql.total.get() as number
      shrunk()
      return unsent
    },
    close: () => void store.close(),
  }
}

interface RunRow {
  run_id: string
  attempts: number
  last_sequence: number
  ended: number
}

const known = (row: RunRow): KnownRun => ({
  attempts: row.attempts,
  lastSequence: row.last_sequence,
  ended: row.ended === 1,
})
