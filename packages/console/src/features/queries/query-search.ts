import { type DeviceSelection, parseSelection } from '../targets/device-selection.ts'
import type { Lists, Typed } from '../variables/variable-values.ts'

/** What the address of a query keeps: the values of its variables, the devices, how long a run waits. */
export interface QuerySearch {
  vars?: Typed
  /** Ids of IOC lists by variable; '' while none is chosen. */
  lists?: Lists
  devices?: DeviceSelection
  /** Seconds. */
  wait?: number
}

/** Reads the search part of the address; what it does not know is dropped. */
export function parseQuerySearch(search: Record<string, unknown>): QuerySearch {
  const vars = parseVars(search.vars)
  const lists = parseVars(search.lists)
  const devices = parseSelection(search.devices)
  const wait =
    typeof search.wait === 'number' && search.wait >= 60 && search.wait <= 604_800 ? search.wait : undefined
  return {
    ...(Object.keys(vars).length > 0 && { vars }),
    ...(Object.keys(lists).length > 0 && { lists }),
    ...(devices.mode !== 'all' && { devices }),
    ...(wait && { wait: Math.round(wait) }),
  }
}

function parseVars(value: unknown): Typed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const entries = Object.entries(value).filter(([, text]) =>
    ['string', 'number', 'boolean'].includes(typeof text),
  )
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]))
}
