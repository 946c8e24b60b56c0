import type { ResultColumn, ResultFilter } from '@quarry/schema/endpoints/run-results'
import type { SortKey } from '../../components/grid/sort.ts'
import type { RunSearch } from './run-search.ts'

/** Which rows of a run are asked for, as the API takes it. */
export interface Selection {
  sort?: string
  filter?: string
  search?: string
  enrich?: string
}

/** Reads the selection out of the address. */
export function selectionOf({ q, sort, filter, enrich }: RunSearch): Selection {
  return {
    ...(sort && { sort: sort.join(',') }),
    ...(filter && { filter: JSON.stringify(filter) }),
    ...(q && { search: q }),
    ...(enrich && { enrich: JSON.stringify(enrich) }),
  }
}

/** Whether rows come in the order of their arrival, so that new ones only ever add to the end. */
export function isArrivalOrder({ q, sort, filter }: RunSearch): boolean {
  return !q && !sort && !filter
}

/** Takes the sort keys of an address apart; a name may hold colons. */
export function sortKeys(sort: RunSearch['sort']): SortKey[] {
  return (sort ?? []).map((key) => {
    const cut = key.lastIndexOf(':')
    return { id: key.slice(0, cut), desc: key.slice(cut) === ':desc' }
  })
}

/** Writes sort keys for the address; undefined when there is none. */
export function sortParam(keys: readonly SortKey[]): RunSearch['sort'] {
  return keys.length === 0 ? undefined : keys.map(({ id, desc }) => `${id}:${desc ? 'desc' : 'asc'}`)
}

/** Returns the filters with one more; the same one twice counts once. */
export function addFilter(filters: RunSearch['filter'], filter: ResultFilter): ResultFilter[] {
  const same = JSON.stringify(filter)
  return [...(filters ?? []).filter((other) => JSON.stringify(other) !== same), filter]
}

/** Returns the filters without the one at an index; undefined when none is left. */
export function removeFilter(filters: RunSearch['filter'], index: number): RunSearch['filter'] {
  const rest = (filters ?? []).toSpliced(index, 1)
  return rest.length > 0 ? rest : undefined
}

/** The filter that keeps the rows with this value, or without it. */
export function filterFor(column: string, value: string | number | null, keep: boolean): ResultFilter {
  if (value === null) return { column, op: keep ? 'isNull' : 'notNull' }
  return { column, op: keep ? 'eq' : 'ne', value }
}

/** The filter that keeps the rows with one of these values; of one value also the rows without it. */
export function filterForAll(
  column: string,
  values: readonly (string | number | null)[],
  keep: boolean,
): ResultFilter {
  const known = [...new Set(values)].filter((value) => value !== null)
  return known.length > 1 ? { column, op: 'in', value: known } : filterFor(column, known[0] ?? null, keep)
}

/** Whether the API can sort by a column: it separates names by commas. */
export function isSortable({ name }: Pick<ResultColumn, 'name'>): boolean {
  return !name.includes(',')
}
