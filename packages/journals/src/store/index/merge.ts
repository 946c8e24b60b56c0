import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { indexName } from '../files.ts'
import type { IndexFile } from '../manifest.ts'
import { type EntryWithFilters, readDirectory, readFilters, writeIndex } from './index-file.ts'

/** So many index files of about one size become one. */
const FAN_IN = 8
/** An index file covers at most this many periods, as they go together when their time is over. */
const MOST_PERIODS = 64

/** The index files that should become one by now; undefined for none. */
export function dueMerge(indexes: readonly IndexFile[]): IndexFile[] | undefined {
  const span = ({ first, last }: IndexFile) => last - first + 1
  for (const size of [1, FAN_IN]) {
    const same = indexes.filter((index) => span(index) >= size && span(index) < size * FAN_IN)
    if (same.length >= FAN_IN && size < MOST_PERIODS) return same.slice(0, FAN_IN)
  }
  return undefined
}

/** Makes one index file of several, on disk when it ends. Entries of periods that are gone are left out. */
export function* mergeIndexes(
  folder: string,
  indexes: readonly IndexFile[],
  periods: ReadonlySet<number>,
): Generator<void, IndexFile> {
  const blocks: EntryWithFilters[] = []
  for (const index of indexes) {
    const fd = openSync(join(folder, indexName(index)), 'r')
    try {
      for (const { columns, ...entry } of readDirectory(fd, index.bytes)) {
        if (!periods.has(entry.period)) continue
        const whole = { ...entry, columns }
        const filters = Object.entries(columns).map(([name, { starts }]) => {
          const [filter] = readFilters(fd, [whole], name)
          // 2 stands for a filter that says “maybe” to all.
          return { name, starts, filter: filter ?? Buffer.from([2]) }
        })
        blocks.push({ ...entry, filters })
      }
    } finally {
      closeSync(fd)
    }
    yield
  }
  const range = { first: indexes[0]!.first, last: indexes.at(-1)!.last }
  const file = writeIndex(folder, range, blocks)
  try {
    file.finish()
  } catch (error) {
    file.abandon()
    throw error
  }
  return { ...range, bytes: file.offset }
}
