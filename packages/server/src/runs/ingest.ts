import type { Batch } from '@quarry/schema/agent/messages'
import type { Kysely } from 'kysely'
import type { Appended } from '../results/append.ts'
import type { ResultStore } from '../results/store.ts'
import type { Database } from '../state/schema.ts'
import type { Feeds } from './feed.ts'
import { endedRuns, finishRun } from './finish-run.ts'
import { type OfLeg, underRuns } from './legs.ts'
import {
  endByServer,
  keyOf,
  type PartChange,
  type PartKey,
  type PartState,
  readParts,
  writePart,
} from './parts.ts'

/** What came from a device for a run. */
export interface Incoming extends PartKey {
  hostname: string
  /** A batch; without one, the news that the query has begun. */
  batch?: Batch
  bytes: number
  /** Whether its link was given up since it arrived, because something before it could not be stored. */
  stale(): boolean
  settle(outcome: Outcome): void
}

/**
 * `done`: durable (or late, and dropped); a batch may be acknowledged. `foreign`: the run was not for this device. `failed`: it
 * could not be stored and must come again.
 */
export type Outcome = { kind: 'done' } | { kind: 'foreign' } | { kind: 'failed'; error: Error }

export interface IngestParts {
  db: Kysely<Database>
  results: ResultStore
  feeds: Feeds
  /** Called in the same turn for each run that has ended. */
  ended(runId: string): void
}

/** Ends that the server gives when a device's batch does not fit in. */
const misfits: Partial<Record<Appended['outcome'], [code: string, message: string]>> = {
  gap: ['rows_lost', 'A part of the rows of this device was lost on the way; those before it are kept.'],
  malformed: ['malformed_rows', 'The device sent rows that do not fit their columns.'],
  full: ['too_many_columns', 'The devices of the run answer with more than 1,900 columns together.'],
}

/**
 * Takes in what devices sent: rows first, each run's file committed once, then the states in one transaction. A crash between
 * the two loses nothing, since the batch was not acknowledged: it comes again, its rows are found, its state is written.
 */
export async function ingest(parts: IngestParts, arrived: readonly Incoming[]): Promise<void> {
  const { db, feeds } = parts
  const items = await underRuns(db, arrived)
  const known = await readParts(db, items)
  const taken = await Promise.all(items.map((item) => takeOne(parts, item, known.get(keyOf(item)))))
  const changes = new Map<string, PartChange & PartKey>()
  const broken = new Set<string>()
  const outcomes = taken.map(({ outcome, change }, index): Outcome => {
    const item = items[index]!
    const key = keyOf(item)
    if (outcome.kind === 'failed') broken.add(key)
    // What follows a batch that could not be stored only looks as if rows were missing: it comes again with it.
    else if (broken.has(key))
      return { kind: 'failed', error: new Error('A batch before this one was not stored.') }
    if (change) changes.set(key, merge(changes.get(key), { ...change, ...keyIn(item) }))
    return outcome
  })
  if (changes.size > 0) {
    try {
      await writeStates(parts, [...changes.values()])
    } catch (error) {
      // The rows are stored; the batch comes again and only its state is written then.
      for (const item of items) item.settle({ kind: 'failed', error: error as Error })
      return
    }
  }
  for (const [index, item] of items.entries()) item.settle(outcomes[index]!)
  for (const { runId, endpointId } of changes.values()) feeds.endpoint(runId, endpointId)
}

async function takeOne(
  parts: IngestParts,
  item: OfLeg,
  part: PartState | undefined,
): Promise<{ outcome: Outcome; change?: PartChange }> {
  if (item.stale()) return { outcome: { kind: 'failed', error: new Error('The link was given up.') } }
  if (part === undefined) return { outcome: { kind: 'foreign' } }
  // Late: what comes after the device's part has ended is acknowledged, so that it leaves the outbox, and dropped.
  // So is what comes of a leg after a later one has begun.
  if (part.status === 'finished' || part.leg_id !== item.legId) return { outcome: { kind: 'done' } }
  try {
    const change = await store(parts, item)
    return { outcome: { kind: 'done' }, change: { ...change, ...(item.legId && { continued: true }) } }
  } catch (error) {
    return { outcome: { kind: 'failed', error: error as Error } }
  }
}

const keyIn = ({ runId, endpointId }: PartKey): PartKey => ({ runId, endpointId })

/** Later batches of the same turn may not take an end back. */
const merge = (before: (PartChange & PartKey) | undefined, after: PartChange & PartKey) => ({
  ...before,
  ...after,
  ...(before?.end && { end: before.end }),
})

async function store({ results, feeds }: IngestParts, item: Incoming): Promise<PartChange> {
  if (!item.batch) return { started: true }
  const { sequence, columns, rows, end } = item.batch
  const { runId, endpointId, hostname, bytes } = item
  const appended = await results.append(runId, { endpointId, hostname, sequence, columns, rows, bytes })
  if (appended.outcome === 'stored' && rows.length > 0) feeds.rows(runId)
  const totals = { rows: appended.deviceRows, bytes: appended.deviceBytes }
  const misfit = misfits[appended.outcome]
  if (misfit) return { ...totals, end: endByServer(...misfit) }
  return { ...totals, ...(end && { end }) }
}

async function writeStates(parts: IngestParts, changes: readonly (PartChange & PartKey)[]): Promise<void> {
  const { db, results } = parts
  const now = Date.now()
  const runIds = [...new Set(changes.map(({ runId }) => runId))]
  const withEnd = [...new Set(changes.filter(({ end }) => end).map(({ runId }) => runId))]
  const ended = await db.transaction().execute(async (trx) => {
    for (const change of changes) await writePart(trx, change, change, now)
    await trx
      .updateTable('runs')
      .set({ status: 'started' })
      .where('id', 'in', runIds)
      .where('status', '=', 'pending')
      .execute()
    const over = withEnd.length > 0 ? await endedRuns(trx, withEnd) : []
    for (const runId of over) await finishRun(trx, runId, results.rows(runId), now, false)
    return over
  })
  for (const runId of ended) parts.ended(runId)
}
