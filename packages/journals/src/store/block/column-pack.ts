import type { LayoutColumn } from '../layout.ts'
import type { KeptValue } from '../types.ts'
import { packDictionary } from './dictionary.ts'
import { packNumbers } from './given.ts'
import type { ColumnHeader } from './header.ts'
import { toPlanes } from './numbers.ts'
import { type Ids, packRows, wrongGuesses } from './predict.ts'
import { packProcesses } from './processes.ts'
import { inOrder } from './recency.ts'

/** A column as it is taken in: ids into a dictionary, in the order of the block. */
export interface Taken extends Ids {
  column: LayoutColumn
  values: readonly KeptValue[]
}

/** What a column may be written in relation to. */
export interface Surroundings {
  /** Columns that may serve as a key, by name; they depend on nothing but `#`, which stands for the row's own process. */
  keys: ReadonlyMap<string, Ids>
  /** Milliseconds since 1970 by row, in the order of the block. */
  times: ArrayLike<number>
  /** The row's own process, and the list of them. */
  own?: { ids: Int32Array; places: ReadonlyMap<KeptValue, number> }
}

export interface PackedColumn {
  header: Omit<ColumnHeader, 'offset' | 'length' | 'crc' | 'places' | 'together'>
  streams: Buffer[]
  /** Ids as a reader will have them; undefined when the column cannot be a key. */
  key?: Ids
}

/** A key must save this share of the rows, as it makes reading the column dearer. */
const WORTH = 0.004

/** Packs a column: the rows where its value cannot be guessed, and the values there. */
export function packColumn(taken: Taken, around: Surroundings): PackedColumn {
  const rows = taken.ids.length
  const { key, wrong } = bestKey(taken, around.keys)
  const given = inOrder(taken.ids, wrong)
  const packedRows = packRows(wrong, rows)
  const header = { name: taken.column.name, kept: taken.column.kept, key, wrong: wrong.length }
  const secondsOf = (index: number) => Math.floor(around.times[wrong[index]!]! / 1000)
  const numbers = taken.column.kept === 'integer' ? packNumbers(taken.values, given, secondsOf) : undefined
  if (numbers) {
    const { planes, ...rest } = numbers
    return { header: { ...header, numbers: rest }, streams: [packedRows, planes] }
  }

  // New ids in the order of first appearance, so that a new one needs no number.
  const renumbered = new Int32Array(taken.count).fill(-1)
  const values: KeptValue[] = []
  const firstRows: number[] = []
  const references = new Float64Array(given.length)
  for (const [index, id] of given.entries()) {
    if (renumbered[id]! < 0) {
      renumbered[id] = values.push(taken.values[id]!) - 1
      firstRows.push(wrong[index]!)
    } else references[index] = renumbered[id]! + 1
  }
  const ids = inOrder(renumbered, taken.ids)
  const dependent = key !== undefined && key !== '#'
  const result = { key: dependent ? undefined : { ids, count: values.length } }
  const before = [packedRows, toPlanes(references)]
  if (taken.column.kept === 'sophosPid') {
    const { own, times } = around
    const sights = firstRows.map((row) => ({ time: times[row]!, own: own ? own.ids[row]! : -1 }))
    const { streams, ...processes } = packProcesses(values, sights, own?.places)
    return { ...result, header: { ...header, processes }, streams: [...before, ...streams] }
  }
  const { streams, ...dictionary } = packDictionary(values, taken.column.kept)
  return { ...result, header: { ...header, dictionary }, streams: [...before, ...streams] }
}

/** The key by which most values are guessed. */
function bestKey(taken: Taken, keys: ReadonlyMap<string, Ids>): { key?: string; wrong: Int32Array } {
  const rows = taken.ids.length
  let best: { key?: string; wrong: Int32Array } = { wrong: wrongGuesses(taken, undefined, rows)! }
  for (const [key, ids] of keys) {
    const most = best.wrong.length - Math.max(8, Math.ceil(rows * WORTH))
    if (most <= 0) break
    const wrong = wrongGuesses(taken, ids, most)
    if (wrong) best = { key, wrong }
  }
  return best
}
