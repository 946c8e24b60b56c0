import { Conditions } from '../targets/device-selection.ts'

export const deviceSorts = ['hostname:asc', 'hostname:desc', 'lastSeenAt:desc', 'lastSeenAt:asc'] as const

/** What the address of the list of devices keeps. */
export type DevicesSearch = Conditions & { sort?: (typeof deviceSorts)[number]; page?: number }

/** Reads the search part of the address; what it does not know is dropped. */
export function parseDevices(search: Record<string, unknown>): DevicesSearch {
  const text = typeof search.search === 'number' ? String(search.search) : search.search
  const conditions = Object.fromEntries(
    Object.entries(Conditions.parse({ ...search, search: text })).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  )
  const sort = deviceSorts.find((known) => known === search.sort)
  const page =
    typeof search.page === 'number' && Number.isInteger(search.page) && search.page > 1
      ? search.page
      : undefined
  return { ...conditions, ...(sort && { sort }), ...(page && { page }) }
}
