import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type CountedType, countedTypes, type Prevalence } from '@quarry/schema/endpoints/prevalence'
import type { Ground } from '../context.ts'
import type { StoredColumn } from '../results/result-file.ts'
import type { ResultStore } from '../results/store.ts'
import type { readColumnsOf } from '../runs/read-results.ts'
import type { Runs } from '../runs/runs.ts'
import type { RunToIndex } from './index-run.ts'
import type { IndexOrder } from './index-thread.ts'
import { openSightings } from './sightings.ts'
import { valueKey } from './value-key.ts'

export type PrevalenceIndex = ReturnType<typeof openPrevalence>

const everyMillis = 2000
const settledMillis = 5000
const forgetEveryMillis = 600_000
const counted: ReadonlySet<string> = new Set(countedTypes)
const time = (seconds: number) => new Date(seconds * 1000).toISOString()

interface Parts {
  results: ResultStore
  runs: Runs
  columnsOf(runId: string, columns: readonly StoredColumn[]): ReturnType<typeof readColumnsOf>
}

/**
 * On how many devices each value was seen, worked out from the results of all runs as they come. A thread of its own does the counting;
 * a look-up reads one row.
 */
export function openPrevalence({ config, db, log, closing, onClosed }: Ground, parts: Parts) {
  const path = join(config.data, 'prevalence.sqlite')
  const sightings = openSightings(path)
  const thread = indexThread(path)
  const find = sightings.prepare('SELECT devices, first, last FROM totals WHERE value = ?')
  const stamps = new Map<string, number>()
  let forgotten = 0
  let said = ''

  /** Counts what has come since the last time. */
  async function sweep(): Promise<void> {
    const since =
      (sightings.prepare('SELECT finished_at FROM progress').pluck().get() as number | undefined) ?? 0
    const runs = await db
      .selectFrom('runs')
      .select(['id', 'status', 'created_at', 'finished_at'])
      .where('results_expired', '=', 0)
      .where((b) => b.or([b('status', '<>', 'finished'), b('finished_at', '>', since)]))
      .orderBy('finished_at')
      .execute()
    for (const run of runs) {
      if (closing.aborted) return
      await indexOne(run)
    }
    // A run that ends in this very millisecond is looked at once more.
    const settled = Date.now() - settledMillis
    const ends = runs.flatMap(({ finished_at }) =>
      finished_at !== null && finished_at < settled ? [finished_at] : [],
    )
    const going = new Set(runs.map(({ id }) => id))
    for (const id of stamps.keys()) if (!going.has(id)) stamps.delete(id)
    const last = Math.max(since, ...ends.slice(-1))
    if (last > since) await thread.order({ op: 'finished', finishedAt: last })
    if (Date.now() - forgotten < forgetEveryMillis) return
    forgotten = Date.now()
    const enrolled = await db.selectFrom('endpoints').select('id').execute()
    await thread.order({ op: 'forget', enrolled: enrolled.map(({ id }) => id), now: forgotten })
  }

  async function indexOne(run: { id: string; created_at: number }): Promise<void> {
    // A run that waits for its devices for days costs two looks at the disk each time.
    const stamp = changedAt(parts.results.pathOf(run.id))
    if (stamps.get(run.id) === stamp) return
    const rows = parts.results.rows(run.id)
    const done = sightings.prepare('SELECT rows FROM runs WHERE run_id = ?').pluck().get(run.id) as
      | number
      | undefined
    if (rows > (done ?? 0)) {
      const order = await toIndex(run, rows)
      if (order.columns.length > 0) await thread.order({ op: 'run', run: order })
    }
    stamps.set(run.id, stamp)
  }

  async function toIndex(run: { id: string; created_at: number }, rows: number): Promise<RunToIndex> {
    const stored = parts.results.columns(run.id)
    const described = await parts.columnsOf(run.id, stored)
    const keys = new Map(stored.map(({ name, key }) => [name, key]))
    const columns = described.flatMap(({ name, pivotType }) => {
      const key = keys.get(name)
      return key && pivotType && counted.has(pivotType) ? [{ key, type: pivotType as CountedType }] : []
    })
    const timed = stored.find(({ name, origin }) => name === 'time' || origin?.endsWith('.time'))
    const askedAt = Math.floor(run.created_at / 1000)
    return { runId: run.id, path: parts.results.pathOf(run.id), columns, timeKey: timed?.key, askedAt, rows }
  }

  let timer: NodeJS.Timeout | undefined
  let sweeping = Promise.resolve()
  const again = () => {
    sweeping = sweep()
      .then(() => {
        said = ''
      })
      .catch((error: Error) => {
        // A run whose results went meanwhile, a full disk: the next time tells.
        if (!closing.aborted && said !== error.message)
          log.warn({ err: error }, 'Values of results could not be counted')
        said = error.message
      })
      .finally(() => {
        if (!closing.aborted) timer = setTimeout(again, everyMillis).unref()
      })
  }
  timer = setTimeout(again, everyMillis).unref()
  onClosed.push(async () => {
    clearTimeout(timer)
    await sweeping
    await thread.end()
    sightings.close()
  })

  return {
    /** Tells of each value on how many devices it was seen, and when. */
    find(values: readonly { type: CountedType; value: string }[]): Prevalence[] {
      return values.map(({ type, value }) => {
        const row = find.get(valueKey(type, value)) as
          | { devices: number; first: number; last: number }
          | undefined
        if (!row) return { type, value, devices: 0 }
        return { type, value, devices: row.devices, firstSeen: time(row.first), lastSeen: time(row.last) }
      })
    },

    /** Devices that are enrolled. */
    async devices(): Promise<number> {
      const { count } = await db
        .selectFrom('endpoints')
        .select((b) => b.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

/** When the results of a run were last written to, in milliseconds; 0 before its first row. */
function changedAt(path: string): number {
  const times = [path, `${path}-wal`].map((name) => statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return Math.max(...times)
}

/** The thread that counts; it starts with the first order. */
function indexThread(path: string) {
  let worker: Worker | undefined
  let nextId = 0
  const waiting = new Map<number, { resolve(): void; reject(error: Error): void }>()
  const fail = (error: Error) => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = () => {
    const started = new Worker(new URL('./index-thread.ts', import.meta.url), { workerData: path })
    started.unref()
    started.on('message', ({ id, error }: { id: number; error?: string }) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) one?.resolve()
      else one?.reject(new Error(error))
    })
    started.on('error', fail)
    started.on('exit', () => fail(new Error('The thread that counts values ended.')))
    return started
  }
  return {
    order(order: IndexOrder): Promise<void> {
      worker ??= start()
      const id = nextId++
      const to = worker
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        to.postMessage({ id, order })
      })
    },
    async end(): Promise<void> {
      await worker?.terminate()
    },
  }
}
