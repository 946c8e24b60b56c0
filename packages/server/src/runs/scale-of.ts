// By which scale a column of scores is read: the four names mean the same in every table that has them.
import type { CatalogueColumn } from '@quarry/schema'
import type { StoredColumn } from '../results/result-file.ts'

const scales: Record<string, CatalogueColumn['scale']> = {
  local_rep: 'reputation',
  localRep: 'reputation',
  global_rep: 'reputation',
  globalRep: 'reputation',
  ml_score: 'malware',
  mlScore: 'malware',
  pua_score: 'pua',
  puaScore: 'pua',
}

/** The scale of a column by the table column that it is read from, else by its own name; undefined for what is no score. */
export function scaleOf({
  name,
  type,
  origin,
}: {
  name: string
  type: StoredColumn['type']
  origin?: string | undefined
}): CatalogueColumn['scale'] {
  if (type === 'text' || type === 'blob') return undefined
  const source = origin?.split('.').at(-1) ?? name
  return Object.hasOwn(scales, source) ? scales[source] : undefined
}
