import type { Kept } from '@quarry/schema/define-journal'
import type { LayoutColumn } from '../layout.ts'
import type { PackedDictionary } from './dictionary.ts'
import type { PackedNumbers } from './given.ts'
import type { PackedProcesses } from './processes.ts'
import type { StreamPlaces } from './streams.ts'

/** Bytes of one column within the file: they are read and checked by themselves. */
export interface Part extends StreamPlaces {
  offset: number
  length: number
  crc: number
}

export interface ColumnHeader extends Part {
  name: string
  kept: Kept
  /** Column by whose last row with the same value this one is guessed; `#` for the row's own process. */
  key?: string
  /** Rows where the guess is wrong. */
  wrong: number
  numbers?: Omit<PackedNumbers, 'planes'>
  processes?: Omit<PackedProcesses, 'streams'>
  dictionary?: Omit<PackedDictionary, 'streams'>
}

/** What a block says of itself. */
export interface BlockHeader {
  subject: string
  rows: number
  /** Sequences without a gap: first, and how many. */
  runs: [first: number, count: number][]
  /** Differences of the times, in the order of the sequences. */
  times: Part & { first: number }
  /** Which process each row is of, in the order of the sequences, and the list of processes. Absent in journals without. */
  group?: Part & { name: string; processes: Omit<PackedProcesses, 'streams'>; forgotten: number }
  columns: ColumnHeader[]
  layout: readonly LayoutColumn[]
}
