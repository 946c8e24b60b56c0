import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { FileWriter, indexName, readExactly } from '../files.ts'
import type { BlockEntry, MadeFilter } from './block-entry.ts'

const MAGIC = 'QRYI0001'
/** Length and checksum of the directory, and the magic. */
const TAIL = 16

export type EntryWithFilters = Omit<BlockEntry, 'columns'> & { filters: readonly MadeFilter[] }

/** Writes the index of periods `first` to `last`; returns its bytes. The filters of one column lie together. */
export function writeIndex(
  folder: string,
  range: { first: number; last: number },
  blocks: readonly EntryWithFilters[],
): FileWriter {
  const file = new FileWriter(folder, indexName(range))
  try {
    const entries: BlockEntry[] = blocks.map(({ filters: _, ...entry }) => ({ ...entry, columns: {} }))
    const all = blocks.flatMap(({ subject, filters }, block) =>
      filters.map((filter) => ({ block, subject, ...filter })),
    )
    const key = (item: { subject: string; name: string }) => `${item.subject} ${item.name}`
    all.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.block - b.block))
    for (const { block, name, starts, filter } of all) {
      entries[block]!.columns[name] = { starts, filter: [file.offset, filter.length], crc: crc32(filter) }
      file.write(filter)
    }
    const directory = zstdCompressSync(JSON.stringify(entries))
    const tail = Buffer.alloc(TAIL)
    tail.writeUInt32LE(directory.length, 0)
    tail.writeUInt32LE(crc32(directory), 4)
    tail.write(MAGIC, 8, 'latin1')
    file.write(directory)
    file.write(tail)
    return file
  } catch (error) {
    file.abandon()
    throw error
  }
}

/** Reads the directory of an index of so many bytes. @throws when it is damaged. */
export function readDirectory(fd: number, bytes: number): BlockEntry[] {
  const tail = readExactly(fd, bytes - TAIL, TAIL)
  const length = tail.readUInt32LE(0)
  if (tail.toString('latin1', 8) !== MAGIC || length > bytes - TAIL) throw new Error('an index is damaged')
  const directory = readExactly(fd, bytes - TAIL - length, length)
  if (crc32(directory) !== tail.readUInt32LE(4)) throw new Error('an index is damaged')
  return JSON.parse(zstdDecompressSync(directory).toString()) as BlockEntry[]
}

/**
 * Reads the filters of one column of several blocks of an index in one go; undefined where one is damaged, which may hold anything.
 */
export function readFilters(
  fd: number,
  entries: readonly BlockEntry[],
  column: string,
): (Buffer | undefined)[] {
  const places = entries.map((entry) => entry.columns[column])
  const from = Math.min(...places.map((place) => place?.filter[0] ?? Infinity))
  const to = Math.max(...places.map((place) => (place ? place.filter[0] + place.filter[1] : 0)))
  if (to <= from) return entries.map(() => undefined)
  const bytes = readExactly(fd, from, to - from)
  return places.map((place) => {
    if (place === undefined) return undefined
    const filter = bytes.subarray(place.filter[0] - from, place.filter[0] - from + place.filter[1])
    return crc32(filter) === place.crc ? filter : undefined
  })
}
