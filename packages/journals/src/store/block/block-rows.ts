import type { KeptValue, Pattern, StoredEvent } from '../types.ts'
import type { BlockView, ReadColumn } from './block-view.ts'

export interface Wanted {
  columns: readonly string[]
  from: number
  to: number
  /** Only events after this sequence. */
  after: number
  /** Only events up to this sequence, it included. */
  last: number
  equals: readonly (readonly [column: string, values: ReadonlySet<KeptValue>])[]
  patterns: readonly Pattern[]
}

/** A column, and which values of its dictionary are wanted. */
interface Needle {
  ids: Int32Array
  matches: Uint8Array
}

/** Whether a value, as text, matches all expressions. */
export function fitsAll(value: KeptValue, expressions: readonly RegExp[]): boolean {
  if (value === null) return false
  const text = String(value)
  if (expressions.every((expression) => expression.test(text))) return true
  // For LIKE a text ends at its first NUL byte.
  const end = text.indexOf('\0')
  return end >= 0 && expressions.every((one) => one.test(text) || one.test(text.slice(0, end)))
}

/** The rows of a block that are wanted, in the order of their sequences. Every part is read, and checked, before the first row. */
export function readRows(view: BlockView, epoch: number, wanted: Wanted): Iterable<StoredEvent> {
  const { equals, patterns } = wanted
  const needles: Needle[] = []
  for (const [name, values] of equals) {
    const { ids, dictionary } = view.column(name)
    const matches = new Uint8Array(dictionary.count)
    let any = false
    for (const id of dictionary.find(values)) {
      matches[id] = 1
      any = true
    }
    if (!any) return []
    needles.push({ ids, matches })
  }
  for (const pattern of patterns) {
    const needle = either(view, pattern)
    if (needle === undefined) return []
    needles.push(needle)
  }
  const rows = rowsInTurn(view, needles, wanted)
  if (rows === undefined) return []
  const columns = wanted.columns.map((name) => ({ name, ...remembering(view.column(name)) }))
  return events(view, epoch, rows, columns, wanted)
}

/** The rows that fit a pattern: of each column its values are tried once. Undefined where none does. */
function either(view: BlockView, { columns, expressions }: Pattern): Needle | undefined {
  const found: Needle[] = []
  for (const name of columns) {
    const { ids, dictionary } = view.column(name)
    const matches = new Uint8Array(dictionary.count)
    for (let id = 0; id < dictionary.count; id++)
      if (fitsAll(dictionary.valueAt(id), expressions)) matches[id] = 1
    if (matches.includes(1)) found.push({ ids, matches })
  }
  if (found.length < 2) return found[0]
  const fits = (row: number) => found.some(({ ids, matches }) => matches[ids[row]!] === 1)
  return {
    ids: Int32Array.from({ length: view.header.rows }, (_, row) => (fits(row) ? 1 : 0)),
    matches: Uint8Array.of(0, 1),
  }
}

/** For each row in the order of the sequences its place in the block, −1 where it is not wanted; undefined where none is. */
function rowsInTurn(
  view: BlockView,
  needles: readonly Needle[],
  { from, to }: Wanted,
): Int32Array | undefined {
  const { times, order } = view
  const rows = new Int32Array(order.length).fill(-1)
  let any = false
  for (let row = 0; row < order.length; row++) {
    let fits = true
    for (let index = 0; fits && index < needles.length; index++) {
      const { ids, matches } = needles[index]!
      fits = matches[ids[row]!] === 1
    }
    if (!fits) continue
    const inTurn = order[row]!
    const time = times[inTurn]!
    if (time < from || time > to) continue
    rows[inTurn] = row
    any = true
  }
  return any ? rows : undefined
}

function* events(
  view: BlockView,
  epoch: number,
  rows: Int32Array,
  columns: readonly { name: string; ids: Int32Array; valueAt(id: number): KeptValue }[],
  { after, last }: Wanted,
): Generator<StoredEvent> {
  const { times } = view
  let inTurn = 0
  for (const [first, count] of view.header.runs) {
    const end = inTurn + count
    // Of a long run only what comes after the position is gone through.
    const skipped = Math.min(count, Math.max(0, after + 1 - first))
    const stop = Math.min(end, inTurn + last - first + 1)
    for (let turn = inTurn + skipped; turn < stop; turn++) {
      const at = rows[turn]!
      if (at < 0) continue
      const row: Record<string, KeptValue> = {}
      for (const { name, ids, valueAt } of columns) row[name] = valueAt(ids[at]!)
      yield { epoch, sequence: first + turn - inTurn, time: times[turn]!, row }
    }
    inTurn = end
  }
}

/** Makes each value once, as most come many times. */
function remembering({ ids, dictionary }: ReadColumn) {
  const values: (KeptValue | undefined)[] = []
  const valueAt = (id: number): KeptValue => {
    let value = values[id]
    if (value === undefined) {
      value = dictionary.valueAt(id)
      values[id] = value
    }
    return value
  }
  return { ids, valueAt }
}
