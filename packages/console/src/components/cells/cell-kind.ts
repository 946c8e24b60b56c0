import type { ResultColumn } from '@quarry/schema/endpoints/run-results'

/** How the values of a column are drawn. */
export type CellKind =
  | 'score'
  | 'time'
  | 'bytes'
  | 'seconds'
  | 'milliseconds'
  | 'hash'
  | 'address'
  | 'path'
  | 'sophosPid'
  | 'number'
  | 'blob'
  | 'text'

const UNIT_KINDS = {
  bytes: 'bytes',
  seconds: 'seconds',
  milliseconds: 'milliseconds',
  unixTime: 'time',
} as const

const PIVOT_KINDS: Partial<Record<string, CellKind>> = {
  sha256: 'hash',
  ipAddress: 'address',
  filePath: 'path',
  sophosPid: 'sophosPid',
}

const NUMERIC = new Set<ResultColumn['type']>(['bigint', 'unsigned_bigint', 'integer', 'double'])

// A column of a table has no unit of its own; these names mean the same in every table that has them.
const TIME_NAME = /^(time|unix_time|[abcm]time|(process_)?start_time|end_time|login_time|install_time)$/
const BYTES_NAME = /(^|_)(size|bytes)$/
const HASH_NAME = /^(md5|sha1|sha256)$/

/** Whether the values of a column are numbers, exact strings of large ones included. */
export function isNumeric(column: Pick<ResultColumn, 'type'>): boolean {
  return NUMERIC.has(column.type)
}

/** Decides how a column is drawn: by its scale, its unit, its pivot type, then the table's column it comes from, then its type. */
export function cellKind(column: Omit<ResultColumn, 'pivots'>): CellKind {
  if (column.scale) return 'score'
  if (column.unit) return UNIT_KINDS[column.unit]
  const pivot = column.pivotType && PIVOT_KINDS[column.pivotType]
  if (pivot) return pivot
  const source = column.origin?.split('.').at(-1) ?? ''
  if (!isNumeric(column)) return HASH_NAME.test(source) ? 'hash' : column.type === 'blob' ? 'blob' : 'text'
  if (TIME_NAME.test(source)) return 'time'
  return BYTES_NAME.test(source) ? 'bytes' : 'number'
}
