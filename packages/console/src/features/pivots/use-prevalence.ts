import type { Cell, PivotType } from '@quarry/schema'
import {
  type CountedType,
  countedTypes,
  findPrevalence,
  type Prevalence,
} from '@quarry/schema/endpoints/prevalence'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { useCall } from '../../api.ts'

const counted: ReadonlySet<string> = new Set(countedTypes)
/** Values of one call. */
const most = 1000

/** A value of a kind that is counted. */
interface Counted {
  type: CountedType
  value: string
}

export interface PrevalenceOf {
  /** Devices that are enrolled. */
  devices: number
  of: (type: PivotType | undefined, value: Cell | undefined) => Prevalence | undefined
}

/** A cell whose value is counted; undefined for any other. */
export function countedCell(type: PivotType | undefined, value: Cell | undefined): Counted | undefined {
  if (type === undefined || !counted.has(type) || typeof value !== 'string' || value === '') return undefined
  return { type: type as CountedType, value }
}

/** The values of a row that are counted. */
export function countedCells(columns: readonly ResultColumn[], row: ResultItem | undefined): Counted[] {
  return columns.flatMap(({ name, pivotType }) => countedCell(pivotType, row?.[name]) ?? [])
}

/** On how many devices values were seen, all in one call; undefined until it is known, and where nothing is counted. */
export function usePrevalence(cells: readonly Counted[]): PrevalenceOf | undefined {
  const values = [...new Map(cells.map((cell) => [`${cell.type}\0${cell.value}`, cell])).values()].slice(
    0,
    most,
  )
  const found = useCall(
    findPrevalence,
    { body: { values } },
    { enabled: values.length > 0, staleTime: 30_000 },
  ).data
  if (!found) return undefined
  return {
    devices: found.devices,
    of: (type, value) => found.items.find((item) => item.type === type && item.value === value),
  }
}
