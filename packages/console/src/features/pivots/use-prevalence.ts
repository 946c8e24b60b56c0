import type { Cell, PivotType } from '@quarry/schema'
import { findPrevalence, type Prevalence } from '@quarry/schema/endpoints/prevalence'
import { useCall } from '../../api.ts'
import type { Counted } from './counted-cells.ts'

/** Values of one call. */
const most = 1000

export interface PrevalenceOf {
  /** Devices that are enrolled. */
  devices: number
  of: (type: PivotType | undefined, value: Cell | undefined) => Prevalence | undefined
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
