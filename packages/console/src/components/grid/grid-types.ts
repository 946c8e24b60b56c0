import type { ReactNode } from 'react'
import type { CellAt } from './cursor.ts'

/** A column of a grid: what stands in its header, how wide it is, how its cells are drawn and copied. */
export interface GridColumn<Row> {
  id: string
  label: string
  /** A sentence on hover over the header. */
  tip?: string
  align: 'left' | 'right'
  /** Pixels, until somebody resizes it. */
  width: number
  /** Its share of the room that is left; 0 for none. */
  grow: number
  sortable: boolean
  /** Whether a filter is set on it. */
  filtered?: boolean
  draw(row: Row): ReactNode
  /** The value as it is copied: whole. */
  text(row: Row): string
}

/** The rows of a grid: a `PageCache`, or a list that is all there. */
export interface RowSource<Row> {
  readonly count: number
  rowAt(index: number): Row | undefined
  /** Says which rows are in view. */
  want(first: number, last: number): void
  subscribe(listener: () => void): () => void
  version(): number
}

/** Where something was opened: the cell and its place on the screen. */
export interface CellPlace extends CellAt {
  rect: DOMRect
  /** The rows that it is about: its own, or all that are picked. */
  rows: readonly number[]
}

/** Row heights in pixels. */
export const DENSITIES = { compact: 24, normal: 30, roomy: 38 } as const
export type Density = keyof typeof DENSITIES
