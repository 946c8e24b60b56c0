import type { BlockBuilder } from '../block/block-builder.ts'
import { parseSophosPid } from '../block/processes.ts'
import type { LayoutColumn } from '../layout.ts'
import type { KeptValue } from '../types.ts'
import { makeFilter, mayHold } from './filter.ts'
import { type Hash, hashOf } from './hash.ts'

/** What is known of the values of a column in a block without reading it. */
export interface ColumnEntry {
  /**
   * Starts of processes, in steps of 10 ms. Those from `from` on are not in the filter, for hardly any other block has them: all
   * that can be said is whether a start lies within.
   */
  starts?: { from: number; to: number }
  /** Bytes of the filter, within the index. */
  filter: [offset: number, length: number]
  crc: number
}

/** A block in the index. */
export interface BlockEntry {
  period: number
  subject: string
  rows: number
  /** Bytes of the block and its filters. */
  bytes: number
  firstTime: number
  lastTime: number
  firstSequence: number
  lastSequence: number
  /** The header of the block within the period's file, compressed. */
  header: [offset: number, length: number, crc: number]
  columns: Record<string, ColumnEntry>
}

/** A filter for one column of a block that is being packed. */
export interface MadeFilter {
  name: string
  starts?: ColumnEntry['starts']
  filter: Buffer
}

/** Makes the filters of a block, one at a time. */
export function* makeFilters(builder: BlockBuilder): Generator<void, MadeFilter[]> {
  const made: MadeFilter[] = []
  const firstTime = builder.times.reduce((least, time) => Math.min(least, time), Infinity)
  for (const [index, column] of builder.layout.columns.entries()) {
    if (!column.index) continue
    made.push(filterOf(column, builder.columns[index]!.values, firstTime))
    yield
  }
  return made
}

/** A value that is looked up in many filters. */
export interface Sought {
  /** 10 ms steps of its start, where it is a process; else −1. */
  step: number
  /** Undefined for NULL, which filters do not know. */
  hash: Hash | undefined
}

/** Prepares a value for looking it up. */
export const sought = (value: KeptValue): Sought => ({
  step: parseSophosPid(value)?.step ?? -1,
  hash: value === null ? undefined : hashOf(value),
})

/** Whether a column of a block may have a value. */
export function mayHoldValue({ starts }: ColumnEntry, filter: Buffer, { step, hash }: Sought): boolean {
  if (hash === undefined) return true
  if (starts) {
    if (step > starts.to) return false
    if (step >= starts.from) return true
  }
  return mayHold(filter, hash)
}

function filterOf(column: LayoutColumn, values: readonly KeptValue[], firstTime: number): MadeFilter {
  const { name } = column
  if (column.kept !== 'sophosPid')
    return { name, filter: makeFilter(values.filter((value) => value !== null).map(hashOf)) }
  const from = Math.floor(firstTime / 10) + 1_164_447_360_000
  let to = -1
  const older: KeptValue[] = []
  for (const value of values) {
    if (value === null) continue
    const step = parseSophosPid(value)?.step ?? -1
    if (step > to) to = step
    if (step < from) older.push(value)
  }
  return { name, starts: { from, to }, filter: makeFilter(older.map(hashOf)) }
}
