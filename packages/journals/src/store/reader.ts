import { readRows } from './block/block-rows.ts'
import type { BlockView } from './block/block-view.ts'
import type { BlockEntry } from './index/block-entry.ts'
import { KeptBlocks } from './kept-blocks.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { OpenIndex } from './open-index.ts'
import { OpenView } from './open-view.ts'
import { plainInteger } from './row-text.ts'
import { ClosedBlocks, type Directories, type Narrowed } from './snapshot.ts'
import { foldStates } from './states.ts'
import type { JournalReader, JournalState, Loss, Position, Range, ScanOptions, StoredEvent } from './types.ts'

/** What there is at one moment, opened, so that it can be read to the end whatever the writer does. */
interface Snapshot {
  manifest: Manifest | undefined
  epoch: number
  open: OpenView[]
  closed?: ClosedBlocks
}

const anything = { from: -Infinity, to: Infinity, after: -1, last: Infinity }

/** Tries to find a manifest all of whose files are there; more than once only as the writer replaces them. */
const ATTEMPTS = 20

/** Reads a folder; it never writes to it. */
export class Reader implements JournalReader {
  readonly #folder: string
  #directories: Directories = new Map()
  /** The block that was read last, whole, for `readAfter` takes many small steps through one. */
  #latest: { key: string; view: BlockView } | undefined
  readonly #kept = new KeptBlocks()
  readonly #learnt = new Map<string, OpenIndex>()
  readonly #damaged = new Map<string, Loss>()

  constructor(folder: string) {
    this.#folder = folder
  }

  *scan(subject: string, options: ScanOptions): Generator<StoredEvent> {
    const { from = -Infinity, to = Infinity } = options.time ?? {}
    const equals = Object.entries(options.equals ?? {}).map(
      ([name, values]) => [name, new Set(values.map(plainInteger))] as const,
    )
    const after = afterOf(options.from, readManifest(this.#folder)?.epoch)
    const patterns = options.patterns ?? []
    const narrowed = { columns: options.columns, from, to, after, equals, patterns }
    const { epoch, open, closed } = this.#snapshot(subject, narrowed)
    const wanted = { ...narrowed, last: lastOf(options.until, epoch) }
    try {
      for (const entry of closed?.entries ?? []) {
        if (entry.firstSequence > wanted.last) break
        let view: BlockView
        let rows: Iterable<StoredEvent>
        try {
          view = this.#view(closed!, entry, equals.length > 0)
          rows = readRows(view, epoch, wanted)
        } catch {
          closed!.skip(entry)
          continue
        }
        yield* rows
        view.shrink()
      }
      for (const view of open) yield* view.scan(epoch, subject, options, wanted)
    } finally {
      this.#leave({ open, closed })
    }
  }

  readAfter(subject: string, after: Position, limit: number): StoredEvent[] {
    const everything = { ...anything, columns: [], equals: [], patterns: [] }
    const known = readManifest(this.#folder)
    if (known === undefined || after.epoch > known.epoch) return []
    const sequence = after.epoch < known.epoch ? 0 : after.sequence
    const { epoch, open, closed } = this.#snapshot(subject, { ...everything, after: sequence })
    const events: StoredEvent[] = []
    try {
      for (const entry of closed?.entries ?? []) {
        if (events.length >= limit) break
        try {
          const key = `${entry.period} ${entry.header[0]}`
          if (this.#latest?.key !== key) this.#latest = { key, view: closed!.view(entry) }
          const { view } = this.#latest
          const columns = view.header.layout.map(({ name }) => name)
          for (const event of readRows(view, epoch, { ...everything, columns, after: sequence })) {
            events.push(event)
            if (events.length >= limit) break
          }
          if (events.length < limit) this.#latest = undefined
        } catch {
          this.#latest = undefined
          closed!.skip(entry)
        }
      }
      for (const view of open) {
        if (events.length >= limit) break
        events.push(...view.readAfter(epoch, subject, sequence, limit - events.length))
      }
    } finally {
      this.#leave({ open, closed })
    }
    return events
  }

  last(subject: string): Position | undefined {
    const { manifest, epoch, open } = this.#snapshot()
    try {
      const totals = open.flatMap((view) => view.totals()).filter((total) => total.subject === subject)
      const sequence = Math.max(manifest?.sequences[subject] ?? 0, ...totals.map((each) => each.lastSequence))
      return sequence > 0 ? { epoch, sequence } : undefined
    } finally {
      this.#leave({ open })
    }
  }

  states(): JournalState[] {
    const { manifest, open } = this.#snapshot()
    try {
      if (manifest === undefined) return []
      const totals = open.map((view) => view.totals())
      return foldStates(manifest, totals, [...open.map((view) => view.losses()), this.#damaged.values()])
    } finally {
      this.#leave({ open })
    }
  }

  losses(range: Range = {}): Loss[] {
    const { manifest, open } = this.#snapshot()
    const { from = -Infinity, to = Infinity } = range
    try {
      const all = [
        ...(manifest?.losses ?? []),
        ...open.flatMap((view) => view.losses()),
        ...this.#damaged.values(),
      ]
      return all.filter((loss) => loss.lastTime >= from && loss.firstTime <= to)
    } finally {
      this.#leave({ open })
    }
  }

  close(): void {
    this.#directories.clear()
    this.#latest = undefined
    this.#kept.clear()
    this.#learnt.clear()
  }

  /** Opens a block, or takes it as it was left when a needle was sought in it before. */
  #view(closed: ClosedBlocks, entry: BlockEntry, needle: boolean): BlockView {
    if (!needle) return closed.view(entry)
    const view = this.#kept.get(`${entry.period} ${entry.header[0]}`, () => closed.view(entry))
    return closed.reopen(view, entry)
  }

  #leave({ open, closed }: Pick<Snapshot, 'open' | 'closed'>): void {
    for (const view of open) view.close()
    closed?.close()
    for (const loss of closed?.damaged ?? [])
      this.#damaged.set(`${loss.subject} ${loss.firstTime} ${loss.lastTime} ${loss.events}`, loss)
  }

  /** What was learnt of an open period; of one that is no longer open it is forgotten. */
  #indexOf({ epoch, open }: Manifest, number: number): OpenIndex {
    const key = (one: number) => `${epoch} ${one}`
    const known = new Set(open.map(key))
    for (const one of this.#learnt.keys()) if (!known.has(one)) this.#learnt.delete(one)
    const index = this.#learnt.get(key(number)) ?? new OpenIndex()
    this.#learnt.set(key(number), index)
    return index
  }

  #snapshot(subject?: string, narrowed?: Narrowed): Snapshot {
    for (let attempt = 1; ; attempt++) {
      const manifest = readManifest(this.#folder)
      if (manifest === undefined) return { manifest, epoch: 0, open: [] }
      const open: OpenView[] = []
      try {
        for (const number of manifest.open)
          open.push(new OpenView(this.#folder, number, this.#indexOf(manifest, number)))
        const { epoch } = manifest
        if (subject === undefined || narrowed === undefined) return { manifest, epoch, open }
        const closed = new ClosedBlocks(this.#folder, manifest, subject, narrowed, this.#directories)
        return { manifest, epoch, open, closed }
      } catch (error) {
        for (const view of open) view.close()
        if (attempt >= ATTEMPTS) throw error
      }
    }
  }
}

/** The sequence after which events are read: of an older folder none is left, and all of a newer one come after it. */
function afterOf(from: Position | undefined, epoch: number | undefined): number {
  if (from === undefined || epoch === undefined || from.epoch < epoch) return -1
  return from.epoch > epoch ? Number.POSITIVE_INFINITY : from.sequence - 1
}

/** The sequence up to which events are read: of a folder that was begun anew since, nothing was there then. */
function lastOf(until: Position | undefined, epoch: number): number {
  if (until === undefined) return Number.POSITIVE_INFINITY
  return epoch > until.epoch ? -1 : until.sequence
}
