import type { Journal, JournalRow } from '@quarry/schema/define-journal'
import { bootId } from './boot-id.ts'
import { type Layout, layoutOf } from './layout.ts'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'
import { OpenPeriod } from './open-period.ts'
import { Pending } from './pending.ts'
import { makePrivateFolder } from './private-file.ts'
import { rowToText } from './row-text.ts'
import { foldStates } from './states.ts'
import type { JournalState, JournalWriter, KeptValue, Loss, StoreOptions } from './types.ts'
import { whyStopped } from './why-stopped.ts'
import { takeWriterLock } from './writer-lock.ts'

/** An event is on disk this many milliseconds after it was taken, at the latest: 200, and some for a busy machine. */
const FLUSH_AFTER = 150
const FLUSH_EVENTS = 1000
const FLUSH_CHARACTERS = 2 ** 20
/** How long after a failed write it is tried again. */
const RETRY_AFTER = 1000
/** After a power loss numbers may have been read that are not on disk any more; they are not given out again. */
const SEQUENCES_SKIPPED = 100_000

export class Writer implements JournalWriter {
  stopped: string | undefined
  readonly #folder: string
  readonly #now: () => number
  readonly #lock: { release(): void }
  readonly #manifest: Manifest
  readonly #layouts = new WeakMap<Journal, Layout>()
  readonly #sequences: Record<string, number>
  readonly #pending = new Pending()
  #period: OpenPeriod
  #timer: NodeJS.Timeout | undefined
  #retryAt = 0
  #closed = false

  constructor(folder: string, options: StoreOptions) {
    makePrivateFolder(folder)
    this.#folder = folder
    this.#now = options.now ?? Date.now
    this.#lock = takeWriterLock(folder)
    try {
      this.#manifest = readManifest(folder) ?? this.#beginFolder()
      this.#period = new OpenPeriod(folder, this.#manifest.open.at(-1)!)
      this.#sequences = { ...this.#manifest.sequences }
      this.#resume()
    } catch (error) {
      this.#lock.release()
      throw error
    }
  }

  append<J extends Journal>(journal: J, time: number, row: JournalRow<J>): void {
    let layout = this.#layouts.get(journal)
    if (layout === undefined) {
      layout = layoutOf(journal)
      this.#layouts.set(journal, layout)
    }
    const at = Number.isFinite(time) ? Math.round(time) : this.#now()
    if (this.#pending.full) {
      this.#pending.lose({
        subject: layout.subject,
        firstTime: at,
        lastTime: at,
        events: 1,
        reason: 'disk_full',
      })
      return
    }
    const sequence = (this.#sequences[layout.subject] ?? 0) + 1
    this.#sequences[layout.subject] = sequence
    const text = rowToText(layout, row as Record<string, KeptValue | undefined>)
    this.#pending.add({ layout, sequence, time: at, text })
    this.#flushSoon()
  }

  lose(loss: Loss): void {
    this.#pending.lose(loss)
    this.#flushSoon()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.empty || this.#closed) return
    try {
      this.#period.write(this.#pending.events, this.#pending.losses)
      this.#pending.clear()
      this.stopped = undefined
    } catch (error) {
      this.stopped = whyStopped(error)
      this.#retryAt = performance.now() + RETRY_AFTER
    }
  }

  maintain(): boolean {
    if (this.stopped !== undefined && performance.now() >= this.#retryAt) this.flush()
    return false
  }

  states(): JournalState[] {
    return foldStates(
      this.#manifest,
      [this.#period.totals.values()],
      [this.#period.losses(), this.#pending.losses],
    )
  }

  close(): void {
    if (this.#closed) return
    this.flush()
    this.#closed = true
    this.#period.close()
    this.#lock.release()
  }

  #flushSoon(): void {
    const { events, characters, since } = this.#pending
    if (this.stopped !== undefined) {
      if (performance.now() >= this.#retryAt) this.flush()
    } else if (
      events.length >= FLUSH_EVENTS ||
      characters >= FLUSH_CHARACTERS ||
      performance.now() - since > FLUSH_AFTER
    )
      this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER).unref()
  }

  #beginFolder(): Manifest {
    const manifest: Manifest = {
      version: 1,
      epoch: Math.floor(this.#now() / 1000),
      open: [1],
      closed: [],
      indexes: [],
      sequences: {},
      losses: [],
    }
    // The file first, as a reader opens what the manifest names.
    new OpenPeriod(this.#folder, 1).close()
    writeManifest(this.#folder, manifest)
    return manifest
  }

  /** Takes up the numbers where they were left. */
  #resume(): void {
    for (const total of this.#period.totals.values())
      this.#sequences[total.subject] = Math.max(this.#sequences[total.subject] ?? 0, total.lastSequence)
    const boot = bootId()
    if (boot !== undefined && this.#period.meta('boot') === boot) return
    for (const subject of Object.keys(this.#sequences)) this.#sequences[subject]! += SEQUENCES_SKIPPED
    this.#period.setMeta('boot', boot ?? '')
  }
}
