import type { Journal, JournalRow } from '@quarry/schema/define-journal'
import { bootId } from './boot-id.ts'
import { type Layout, layoutOf } from './layout.ts'
import { OpenPeriod } from './open-period.ts'
import { keyOf, type Total } from './open-tables.ts'
import { OpenView } from './open-view.ts'
import { Pending } from './pending.ts'
import { makePrivateFolder } from './private-file.ts'
import { Room } from './room.ts'
import { rowToText } from './row-text.ts'
import { foldStates } from './states.ts'
import { SteadyClock } from './steady-clock.ts'
import { StoreFolder } from './store-folder.ts'
import type { JournalState, JournalWriter, KeptValue, Loss, StoreOptions } from './types.ts'
import { Upkeep } from './upkeep.ts'
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
/** A period of long texts ends before it has all its events. */
const PERIOD_CHARACTERS = 2 ** 27

export class Writer implements JournalWriter {
  stopped: string | undefined
  readonly #now: () => number
  readonly #lock: { release(): void }
  readonly #folder: StoreFolder
  readonly #upkeep: Upkeep
  readonly #room: Room
  readonly #most: { events: number; hours: number }
  readonly #layouts = new WeakMap<Journal, Layout>()
  readonly #sequences: Record<string, number>
  readonly #pending = new Pending()
  /** Periods that are ended and wait to be packed. */
  readonly #ended = new Map<number, { totals: Total[]; losses: Loss[] }>()
  #period: OpenPeriod
  #timer: NodeJS.Timeout | undefined
  #retryAt = 0
  #closed = false

  constructor(path: string, options: StoreOptions) {
    makePrivateFolder(path)
    this.#now = options.now ?? Date.now
    this.#most = { events: 250_000, hours: 24, ...options.period }
    this.#lock = takeWriterLock(path)
    try {
      this.#room = new Room(path)
      this.#folder = new StoreFolder(path, this.#now(), options.log ?? (() => {}))
      const { open, sequences } = this.#folder.manifest
      for (const number of open.slice(0, -1)) this.#remember(number)
      this.#period = new OpenPeriod(path, open.at(-1)!)
      this.#sequences = { ...sequences }
      this.#resume()
      const limits = { days: 90, bytes: 5_250_000_000, share: 0.1, ...definedOf(options) }
      const newest = this.states().reduce((most, { lastTime = 0 }) => Math.max(most, lastTime), 0)
      const clock = new SteadyClock(this.#now, newest === 0 ? undefined : newest, limits.days)
      this.#upkeep = new Upkeep(this.#folder, limits, this.#now, clock, (number) =>
        this.#ended.delete(number),
      )
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
    const values = row as Record<string, KeptValue | undefined>
    const key = layout.process === undefined ? null : keyOf(values[layout.process])
    this.#pending.add({ layout, sequence, time: at, text: rowToText(layout, values), key })
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
      this.#room.check(this.#period.logBytes)
      this.#period.write(this.#pending.events, this.#pending.losses)
      this.#pending.clear()
      this.stopped = undefined
    } catch (error) {
      this.stopped = whyStopped(error)
      this.#retryAt = performance.now() + RETRY_AFTER
    }
  }

  maintain(): boolean {
    if (this.#closed) return false
    if (this.stopped !== undefined && performance.now() >= this.#retryAt) this.flush()
    if (this.#isDue()) this.#endPeriod()
    return this.#upkeep.step()
  }

  states(): JournalState[] {
    const ended = [...this.#ended.values()]
    return foldStates(
      this.#folder.manifest,
      [this.#period.totals.values(), ...ended.map(({ totals }) => totals)],
      [this.#period.losses(), this.#pending.losses, ...ended.map(({ losses }) => losses)],
    )
  }

  close(): void {
    if (this.#closed) return
    this.flush()
    this.#closed = true
    this.#upkeep.close()
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

  #isDue(): boolean {
    const { events, characters } = this.#period
    if (events >= this.#most.events || characters >= PERIOD_CHARACTERS) return true
    // A clock that was set back ends a period early rather than never.
    const age = Math.abs(this.#now() - Number(this.#period.meta('born')))
    return events > 0 && age >= this.#most.hours * 3_600_000
  }

  /** Begins the next period; the one before is packed from then on. */
  #endPeriod(): void {
    this.flush()
    if (this.stopped !== undefined) return
    const ended = this.#period
    try {
      const { manifest, path } = this.#folder
      const next = new OpenPeriod(path, ended.number + 1)
      try {
        this.#mark(next)
        this.#folder.commit({ open: [...manifest.open, next.number] })
      } catch (error) {
        next.close()
        throw error
      }
      this.#ended.set(ended.number, { totals: [...ended.totals.values()], losses: ended.losses() })
      this.#period = next
      ended.close()
    } catch (error) {
      this.stopped = whyStopped(error)
      this.#retryAt = performance.now() + RETRY_AFTER
    }
  }

  #remember(number: number): void {
    const view = new OpenView(this.#folder.path, number)
    this.#ended.set(number, { totals: view.totals(), losses: view.losses() })
    view.close()
  }

  #mark(period: OpenPeriod): void {
    period.setMeta('boot', bootId() ?? '')
    period.setMeta('epoch', String(this.#folder.manifest.epoch))
    period.setMeta('born', String(this.#now()))
  }

  /** Takes up the numbers where they were left. */
  #resume(): void {
    const totals = [
      ...this.#period.totals.values(),
      ...[...this.#ended.values()].flatMap(({ totals }) => totals),
    ]
    for (const { subject, lastSequence } of totals)
      this.#sequences[subject] = Math.max(this.#sequences[subject] ?? 0, lastSequence)
    const boot = bootId()
    if (boot !== undefined && this.#period.meta('boot') === boot) return
    for (const subject of Object.keys(this.#sequences)) this.#sequences[subject]! += SEQUENCES_SKIPPED
    if (this.#period.meta('born') === undefined) this.#mark(this.#period)
    else this.#period.setMeta('boot', boot ?? '')
  }
}

/** Limits that are given, without those that are undefined. */
function definedOf({ days, bytes, share }: StoreOptions) {
  return Object.fromEntries(Object.entries({ days, bytes, share }).filter(([, value]) => value !== undefined))
}
