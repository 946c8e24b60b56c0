import { type Cell, type PivotType, unaskable } from '@quarry/schema'
import { type CountedType, countedTypes } from '@quarry/schema/endpoints/prevalence'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'

const counted: ReadonlySet<string> = new Set(countedTypes)

/** A value of a kind that is counted. */
export interface Counted {
  type: CountedType
  value: string
}

/** A cell whose value is counted; undefined for any other. */
export function countedCell(type: PivotType | undefined, value: Cell | undefined): Counted | undefined {
  if (type === undefined || !counted.has(type) || typeof value !== 'string' || value === '') return undefined
  // A loopback address says nothing, on however many devices it is.
  if (unaskable(type, value, 'devices') !== undefined) return undefined
  return { type: type as CountedType, value }
}

/** The values of a row that are counted. */
export function countedCells(columns: readonly ResultColumn[], row: ResultItem | undefined): Counted[] {
  return columns.flatMap(({ name, pivotType }) => countedCell(pivotType, row?.[name]) ?? [])
}
