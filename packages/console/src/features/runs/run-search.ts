/** What the address of a run keeps. */
export interface RunSearch {
  tab?: 'results' | 'devices' | 'sql'
}

/** Reads the search part of a run's address; what it does not know is dropped. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const { tab } = search
  return tab === 'results' || tab === 'devices' || tab === 'sql' ? { tab } : {}
}
