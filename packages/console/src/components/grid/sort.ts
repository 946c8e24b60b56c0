export interface SortKey {
  id: string
  desc: boolean
}

/**
 * What a click on a header does to the order: ascending, descending, none. With Shift the column joins the others, as the
 * last key; without, it is the only one.
 */
export function toggleSort(sort: readonly SortKey[], id: string, join: boolean): SortKey[] {
  const held = sort.find((key) => key.id === id)
  const next: SortKey[] = !held ? [{ id, desc: false }] : held.desc ? [] : [{ id, desc: true }]
  if (!join) return next
  const at = sort.findIndex((key) => key.id === id)
  return at < 0 ? [...sort, ...next] : [...sort.slice(0, at), ...next, ...sort.slice(at + 1)]
}
