import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compact } from './compaction.ts'
import { eventsName, indexName } from './files.ts'
import { dueMerge, mergeIndexes } from './index/merge.ts'
import type { IndexFile } from './manifest.ts'
import { syncFolder } from './manifest.ts'
import { removeOpenPeriod } from './open-period.ts'
import { DAY, foldLosses, type Limits, retain } from './retention.ts'
import { checkBlocks, checkFiles } from './scrub.ts'
import { setAsideOpen } from './set-aside.ts'
import type { SteadyClock } from './steady-clock.ts'
import type { StoreFolder } from './store-folder.ts'
import { isFull } from './why-stopped.ts'

/** A step takes about this many milliseconds. */
const BUDGET = 20
/** How long after a failure, for a full disk as a rule, it is tried again; and how often retention looks. */
const PAUSE = 30_000
const RETAIN_EVERY = 60_000
/** So often a thing may fail. */
const ATTEMPTS = 3

/** Packs what is closed, merges indexes, removes what is too old or too much, looks for damage: a bounded step at a time. */
export class Upkeep {
  readonly #folder: StoreFolder
  readonly #limits: Limits
  readonly #now: () => number
  readonly #clock: SteadyClock
  readonly #packed: (number: number) => void
  #job: Generator<void, void> | undefined
  /** The open period that is being packed. */
  #packing: number | undefined
  /** How often packing a period, or merging indexes, failed for another reason than the disk's room. */
  readonly #failures = new Map<number | 'merge', number>()
  #pauseUntil = 0
  #retainAt = 0
  readonly #scrub: Generator<boolean, never>
  /** Whether every block was looked at since the start: until then one a step, afterwards seldom. */
  #scrubbed = false
  #scrubAt = 0

  /** `packed` is told when an open period has become a closed one. */
  constructor(
    folder: StoreFolder,
    limits: Limits,
    now: () => number,
    clock: SteadyClock,
    packed: (number: number) => void,
  ) {
    this.#folder = folder
    this.#limits = limits
    this.#now = now
    this.#clock = clock
    this.#packed = packed
    checkFiles(folder)
    this.#scrub = checkBlocks(folder)
  }

  /** Goes on for a bounded time. Returns true when there is more to do at once. */
  step(): boolean {
    const started = performance.now()
    if (started < this.#pauseUntil) return false
    try {
      if (started >= this.#retainAt) {
        this.#retainAt = started + RETAIN_EVERY
        retain(this.#folder, this.#limits, this.#now(), this.#clock.trusted)
      }
      this.#job ??= this.#nextJob()
      if (this.#job === undefined) {
        if (!this.#scrubbed || started >= this.#scrubAt) {
          if (this.#scrub.next().value) this.#scrubbed = true
          this.#scrubAt = started + PAUSE
        }
        return false
      }
      while (performance.now() - started < BUDGET) {
        if (!this.#job.next().done) continue
        this.#job = undefined
        this.#retainAt = 0
        return this.#nextJob() !== undefined
      }
      return true
    } catch (error) {
      this.#job = undefined
      this.#pauseUntil = performance.now() + PAUSE
      this.#noteFailure(error as Error)
      return false
    }
  }

  /** Leaves an unfinished job: it is done anew after the next start. */
  close(): void {
    this.#job?.return()
  }

  #nextJob(): Generator<void, void> | undefined {
    const { open, indexes } = this.#folder.manifest
    this.#packing = open.length > 1 ? open[0] : undefined
    if (this.#packing !== undefined) return this.#compact(this.#packing)
    // The next start looks at the indexes one by one.
    if ((this.#failures.get('merge') ?? 0) >= ATTEMPTS) return undefined
    const due = dueMerge(indexes)
    return due && this.#merge(due)
  }

  /** What fails again and again must not hold up what comes after it: a period is then set aside. */
  #noteFailure(error: Error): void {
    const what = this.#packing ?? 'merge'
    const failures = (this.#failures.get(what) ?? 0) + (isFull(error) ? 0 : 1)
    this.#failures.set(what, failures)
    this.#folder.log(`The journals could not be packed, which is tried again: ${error.message}.`)
    if (what === 'merge' || failures < ATTEMPTS) return
    try {
      setAsideOpen(this.#folder, what, error.message)
      this.#packed(what)
      this.#pauseUntil = 0
    } catch {
      // The manifest cannot be written: it is tried again after the pause.
    }
  }

  *#compact(number: number): Generator<void, void> {
    const { path } = this.#folder
    const { period, index, losses } = yield* compact(path, number)
    try {
      syncFolder(path)
      const { manifest } = this.#folder
      const sequences = { ...manifest.sequences }
      for (const [subject, { lastSequence }] of Object.entries(period.subjects))
        sequences[subject] = Math.max(sequences[subject] ?? 0, lastSequence)
      const empty = Object.keys(period.subjects).length === 0
      this.#folder.commit({
        open: manifest.open.filter((other) => other !== number),
        closed: empty ? manifest.closed : [...manifest.closed, period],
        indexes: empty ? manifest.indexes : [...manifest.indexes, index],
        sequences,
        losses: foldLosses([...manifest.losses, ...losses], this.#now() - this.#limits.days * DAY),
      })
    } catch (error) {
      rmSync(join(path, eventsName(number)), { force: true })
      rmSync(join(path, indexName(index)), { force: true })
      throw error
    }
    this.#packed(number)
    removeOpenPeriod(path, number)
  }

  *#merge(due: readonly IndexFile[]): Generator<void, void> {
    const { path } = this.#folder
    const periods = new Set(this.#folder.manifest.closed.map(({ number }) => number))
    const merged = yield* mergeIndexes(path, due, periods)
    try {
      syncFolder(path)
      const others = this.#folder.manifest.indexes.filter(
        (index) => !due.some((old) => old.first === index.first && old.last === index.last),
      )
      this.#folder.commit({ indexes: [...others, merged].sort((a, b) => a.first - b.first) })
    } catch (error) {
      rmSync(join(path, indexName(merged)), { force: true })
      throw error
    }
    for (const index of due) rmSync(join(path, indexName(index)), { force: true })
  }
}
