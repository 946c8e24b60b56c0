// The lake: a log in which batches become durable, an engine that takes the log in, and a view over both.
import { type Batch, checkRows, LakeRefusal } from './batch.ts'
import type { Engine, LakeView, Statistics } from './engine.ts'
import type { LakeTable } from './lake-table.ts'
import { openPending } from './segments/pending.ts'
import { openSegmentLog } from './segments/segment-log.ts'

export interface Lake {
  /** Resolves when the rows are on disk; 'repeated' when they already were. @throws LakeRefusal */
  append(batch: Batch): Promise<'stored' | 'repeated'>
  /** Moves all that is acknowledged into the engine, and joins small files. Call it every 10 to 60 s. */
  compact(): Promise<void>
  /** Everything acknowledged before this call. Close it. */
  view(): Promise<LakeView>
  /** @see Engine.expire */
  expire(table: string, days: number, now?: number): Promise<number>
  statistics(): Promise<Statistics>
  close(): Promise<void>
}

/**
 * Opens the lake of a folder, which one process has at a time.
 * @param segmentBytes see `openSegmentLog`
 */
export function openLake(
  folder: string,
  tables: readonly LakeTable[],
  engine: Engine,
  { segmentBytes }: { segmentBytes?: number } = {},
): Lake {
  const known = new Set(tables.map(({ name }) => name))
  const log = openSegmentLog(`${folder}/segments`, engine.taken, segmentBytes)
  const pending = openPending(`${folder}/pending`, log, engine.taken)
  /** What changes the engine takes turns. Questions wait for nothing. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }

  async function loadSealed() {
    for (const number of log.sealed()) {
      if (number > engine.taken.through) {
        const segment = (await pending.refresh()).find((one) => one.number === number)
        await engine.load(number, segment?.files ?? [], segment?.marks ?? new Map())
      }
      pending.forget(number)
      await log.drop(number)
    }
  }

  /** Files of the segments that the engine does not have at this very moment: a load may have ended while they were unpacked. */
  async function pendingFiles() {
    const segments = await pending.refresh()
    return segments.filter(({ number }) => number > engine.taken.through).flatMap(({ files }) => files)
  }

  async function view(): Promise<LakeView> {
    const release = pending.hold()
    try {
      const opened = await engine.view(await pendingFiles())
      return {
        query: opened.query,
        close() {
          opened.close()
          release()
        },
      }
    } catch (error) {
      release()
      throw error
    }
  }

  return {
    async append(batch) {
      if (!known.has(batch.stream)) throw new LakeRefusal('refused', `The lake has no table ${batch.stream}.`)
      checkRows(batch.rows)
      return await log.append(batch)
    },
    compact: () =>
      inTurn(async () => {
        await log.seal()
        await loadSealed()
        await engine.merge()
      }),
    view,
    expire: (table, days, now = Date.now()) => inTurn(() => engine.expire(table, days, now)),
    async statistics() {
      const files = await pendingFiles()
      const sum = (of: 'rows' | 'bytes') => files.reduce((total, file) => total + file[of], 0)
      return { ...engine.statistics(), pending: { rows: sum('rows'), bytes: sum('bytes') } }
    },
    async close() {
      await log.close()
      await inTurn(() => engine.close())
    },
  }
}
