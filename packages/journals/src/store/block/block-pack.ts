import { crc32 } from 'node:zlib'
import type { KeptValue } from '../types.ts'
import type { BlockBuilder } from './block-builder.ts'
import { packColumn, type Surroundings, type Taken } from './column-pack.ts'
import type { BlockHeader, ColumnHeader, Part } from './header.ts'
import { toPlanes, zigzag } from './numbers.ts'
import type { Ids } from './predict.ts'
import { packProcesses } from './processes.ts'
import { groupOrder, inOrder, packRecency } from './recency.ts'
import { packStreams } from './streams.ts'

export interface PackedBlock {
  header: BlockHeader
  /** All parts, one after the other; offsets in the header count from `from`. */
  bytes: Buffer[]
}

/** Packs a block; pauses every few milliseconds. `from` is where it will begin in its file. */
export function* packBlock(builder: BlockBuilder, from: number): Generator<void, PackedBlock> {
  const { layout, times, runs, rows } = builder
  const bytes: Buffer[] = []
  let offset = from
  function* part(streams: readonly Buffer[]): Generator<void, Part> {
    const packed: Buffer[] = []
    const places = yield* packStreams(streams, packed)
    const whole = Buffer.concat(packed)
    const place = { offset, length: whole.length, crc: crc32(whole), ...places }
    bytes.push(whole)
    offset += whole.length
    return place
  }

  const first = times[0]!
  const differences = times.map((time, index) => zigzag(time - (times[index - 1] ?? first)))
  const timesPart = { ...(yield* part([toPlanes(differences)])), first }

  const at = layout.columns.findIndex((column) => column.kept === 'sophosPid')
  const keys = new Map<string, Ids>()
  let order: Int32Array = Int32Array.from({ length: rows }, (_, row) => row)
  let group: BlockHeader['group']
  let own: Surroundings['own']
  if (at >= 0) {
    const { ids, values, places } = builder.columns[at]!
    const inTurn = Int32Array.from(ids)
    const { codes, forgotten } = packRecency(inTurn)
    const sights = firstTimes(inTurn, values.length, times).map((time) => ({ time, own: -1 }))
    const { streams, ...processes } = packProcesses(values, sights, undefined)
    const stored = yield* part([codes, toPlanes(forgotten), ...streams])
    group = { ...stored, name: layout.columns[at]!.name, processes, forgotten: forgotten.length }
    order = groupOrder(inTurn, values.length)
    const sorted = inOrder(inTurn, order)
    own = { ids: sorted, places: places as ReadonlyMap<KeptValue, number> }
    keys.set('#', { ids: sorted, count: values.length })
    yield
  }

  const sortedTimes = Float64Array.from(order, (row) => times[row]!)
  const columns: ColumnHeader[] = []
  for (const [index, column] of layout.columns.entries()) {
    if (index === at) continue
    const { ids, values } = builder.columns[index]!
    const taken: Taken = {
      column,
      values,
      ids: inOrder(ids, order),
      count: values.length,
    }
    const { header, streams, key } = packColumn(taken, { keys, times: sortedTimes, own })
    if (key && key.count > 1) keys.set(column.name, key)
    yield
    columns.push({ ...header, ...(yield* part(streams)) })
  }
  return {
    header: { subject: layout.subject, rows, runs, times: timesPart, group, columns, layout: layout.columns },
    bytes,
  }
}

function firstTimes(ids: Int32Array, count: number, times: readonly number[]): number[] {
  const first: number[] = []
  for (let row = 0; row < ids.length && first.length < count; row++)
    if (ids[row] === first.length) first.push(times[row]!)
  return first
}
