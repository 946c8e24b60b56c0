import type { KeptValue, StoredEvent } from '../types.ts'
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
  patterns: readonly (readonly [column: string, expressions: readonly RegExp[]])[]
}

/** Whether a value, as text, matches all expressions. */
export const fitsAll = (value: KeptValue, expressions: readonly RegExp[]): boolean =>
  value !== null && expressions.every((expression) => expression.test(String(value)))

/** The rows of a block that are wanted, in the order of their sequences. Every part is read, and checked, before the first row. */
export function readRows(view: BlockView, epoch: number, wanted: Wanted): Iterable<StoredEvent> {
  const { times, order } = view
  const { from, to, equals, patterns } = wanted
  const needles: { ids: Int32Array; matches: Uint8Array }[] = []
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
  for (const [name, expressions] of patterns) {
    const { ids, dictionary } = view.column(name)
    const matches = new Uint8Array(dictionary.count)
    for (let id = 0; id < dictionary.count; id++)
      if (fitsAll(dictionary.valueAt(id), expressions)) matches[id] = 1
    if (!matches.includes(1)) return []
    needles.push({ ids, matches })
  }
  const rows = new Int32Array(order.length).fill(-1)
  for (let row = 0; row < order.length; row++) {
    const inTurn = order[row]!
    if (times[inTurn]! < from || times[inTurn]! > to) continue
    if (needles.every(({ ids, matches }) => matches[ids[row]!] === 1)) rows[inTurn] = row
  }
  if (rows.every((row) => row < 0)) return []
  const columns = wanted.columns.map((name) => ({ name, ...remembering(view.column(name)) }))
  return events(view, epoch, rows, columns, wanted)
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
