import { z } from 'zod'

/** What the address of Live Discover keeps. */
export interface LiveDiscoverSearch {
  /** Code of a category. */
  category?: string
  search?: string
  /** Id of the one device that the next question is for. */
  device?: string
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== ''
    ? value.slice(0, 200)
    : typeof value === 'number'
      ? String(value)
      : undefined

/** Reads the search part of the address; what it does not know is dropped. */
export function parseLiveDiscover(search: Record<string, unknown>): LiveDiscoverSearch {
  const category = text(search.category)
  const words = text(search.search)
  const device = z.uuid().safeParse(search.device).data
  return { ...(category && { category }), ...(words && { search: words }), ...(device && { device }) }
}
