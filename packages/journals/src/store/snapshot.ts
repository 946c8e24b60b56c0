import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, zstdDecompressSync } from 'node:zlib'
import { BlockView } from './block/block-view.ts'
import type { BlockHeader } from './block/header.ts'
import { eventsName, indexName, readExactly } from './files.ts'
import { type BlockEntry, mayHoldValue, sought } from './index/block-entry.ts'
import { readDirectory, readFilters } from './index/index-file.ts'
import type { IndexFile, Manifest } from './manifest.ts'
import type { KeptValue, Loss } from './types.ts'

/** What blocks must have to be read at all. */
export interface Narrowed {
  from: number
  to: number
  /** Only blocks with events after this sequence. */
  after: number
  equals: readonly (readonly [column: string, values: ReadonlySet<KeptValue>])[]
}

/** Directories of indexes, which never change, by name. */
export type Directories = Map<string, BlockEntry[]>

/** The closed blocks of a subject that may hold what is wanted, in the order of their sequences, opened. */
export class ClosedBlocks {
  readonly entries: BlockEntry[] = []
  readonly damaged: Loss[] = []
  readonly #files = new Map<number, number>()

  /** @throws ENOENT when the writer took a file away since the manifest was read. */
  constructor(
    folder: string,
    manifest: Manifest,
    subject: string,
    narrowed: Narrowed,
    directories: Directories,
  ) {
    const periods = new Map(
      manifest.closed
        .filter(({ subjects }) => {
          const part = subjects[subject]
          return (
            part &&
            part.lastTime >= narrowed.from &&
            part.firstTime <= narrowed.to &&
            part.lastSequence > narrowed.after
          )
        })
        .map((period) => [period.number, period]),
    )
    try {
      for (const index of manifest.indexes) {
        const mine = [...periods.values()].filter(
          ({ number }) => number >= index.first && number <= index.last,
        )
        if (mine.length === 0) continue
        try {
          const entries = narrowedEntries(folder, index, subject, narrowed, directories)
          this.entries.push(
            ...entries.filter(
              ({ period, header }) =>
                periods.has(period) && !periods.get(period)!.damaged?.includes(header[0]),
            ),
          )
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error
          for (const { subjects } of mine)
            this.damaged.push({ ...lossOf(subject, subjects[subject]!), events: subjects[subject]!.events })
        }
      }
      this.entries.sort((a, b) => a.firstSequence - b.firstSequence)
      for (const { period } of this.entries)
        if (!this.#files.has(period)) this.#files.set(period, openSync(join(folder, eventsName(period)), 'r'))
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** Opens a block. @throws when it is damaged. */
  view(entry: BlockEntry): BlockView {
    const fd = this.#files.get(entry.period)!
    return openBlock(fd, entry)
  }

  /** Lets a block that was opened before read from its file as it is open now. */
  reopen(view: BlockView, entry: BlockEntry): BlockView {
    const fd = this.#files.get(entry.period)!
    view.readFrom((from, size) => readExactly(fd, from, size))
    return view
  }

  /** Notes that a block could not be read. */
  skip(entry: BlockEntry): void {
    this.damaged.push({ ...lossOf(entry.subject, entry), events: entry.rows })
  }

  close(): void {
    for (const fd of this.#files.values()) closeSync(fd)
    this.#files.clear()
  }
}

/** Opens a block of a file. @throws when it is damaged. */
export function openBlock(fd: number, { header: [offset, length, crc] }: BlockEntry): BlockView {
  const packed = readExactly(fd, offset, length)
  if (crc32(packed) !== crc) throw new Error('the header of a block is damaged')
  const header = JSON.parse(zstdDecompressSync(packed).toString()) as BlockHeader
  return new BlockView(header, (from, size) => readExactly(fd, from, size))
}

const lossOf = (subject: string, { firstTime, lastTime }: { firstTime: number; lastTime: number }) => ({
  subject,
  firstTime,
  lastTime,
  reason: 'torn_block',
})

function narrowedEntries(
  folder: string,
  index: IndexFile,
  subject: string,
  narrowed: Narrowed,
  directories: Directories,
): BlockEntry[] {
  const name = indexName(index)
  const known = directories.get(name)
  if (known && narrowed.equals.length === 0) return known.filter((entry) => fits(entry, subject, narrowed))
  const fd = openSync(join(folder, name), 'r')
  try {
    const all = known ?? readDirectory(fd, index.bytes)
    directories.set(name, all)
    let entries = all.filter((entry) => fits(entry, subject, narrowed))
    for (const [column, values] of narrowed.equals) {
      if (entries.length === 0) break
      const filters = readFilters(fd, entries, column)
      const all = Array.from(values, sought)
      entries = entries.filter((entry, at) => {
        const filter = filters[at]
        return (
          filter === undefined || all.some((value) => mayHoldValue(entry.columns[column]!, filter, value))
        )
      })
    }
    return entries
  } finally {
    closeSync(fd)
  }
}

const fits = (entry: BlockEntry, subject: string, { from, to, after }: Narrowed) =>
  entry.subject === subject && entry.lastTime >= from && entry.firstTime <= to && entry.lastSequence > after
