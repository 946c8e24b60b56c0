import { AppError, type ColumnType } from '@quarry/schema'
import type { ResultFilter } from '@quarry/schema/endpoints/run-results'
import type { Enriched } from './enriched.ts'
import { type StoredColumn, sqlOf } from './result-file.ts'

/** Which rows of a run, and in which order. */
export interface Selection {
  sort?: string | undefined
  filter?: readonly ResultFilter[] | undefined
  search?: string | undefined
  /** Columns of connectors, beside those of the run. */
  enriched?: readonly Enriched[] | undefined
}

/** A selection as SQL over `rows r`: `where` and `order` without their keywords. */
export interface SelectionSql {
  where: string
  order: string
  params: (string | number | bigint)[]
}

type Param = string | number | bigint
interface Column {
  sql: string
  type: ColumnType
}

const hostname = '(SELECT d.hostname FROM devices d WHERE d.ordinal = r.device)'
const endpointId = '(SELECT d.endpoint_id FROM devices d WHERE d.ordinal = r.device)'

/**
 * Finds a column by the name that it has in the answer; the device's own (`epName`, `hostname`, `endpointId`) too.
 * @throws AppError column_not_found
 */
export function columnSql(columns: readonly StoredColumn[], name: string): Column {
  if (name === 'epName' || name === 'hostname') return { sql: hostname, type: 'text' }
  if (name === 'endpointId') return { sql: endpointId, type: 'text' }
  const column = columns.find((each) => each.name === name)
  if (column === undefined) throw new AppError('column_not_found', `The results have no column “${name}”.`)
  return { sql: sqlOf(column), type: column.type }
}

/**
 * Builds the SQL of a selection. Values are bound, names come from the file's own columns.
 * @throws AppError column_not_found, bad_request
 */
export function selectionSql(columns: readonly StoredColumn[], selection: Selection): SelectionSql {
  const params: Param[] = []
  const conditions = (selection.filter ?? []).map((filter) => conditionSql(columns, filter, params))
  if (selection.search) conditions.push(searchSql(columns, selection.search, params))
  return {
    where: conditions.length > 0 ? conditions.join(' AND ') : '1',
    order: orderSql(columns, selection.sort),
    params,
  }
}

/** `path:desc,remote_port` → ORDER BY terms. Numbers sort as numbers, before text; empty values come last both ways. */
function orderSql(columns: readonly StoredColumn[], sort: string | undefined): string {
  const terms = (sort ?? '').split(',').filter((term) => term.trim() !== '')
  if (terms.length > 20) throw new AppError('bad_request', 'Results sort by 20 columns at most.')
  const parts = terms.flatMap((term) => {
    const match = /^(.*?)(?::(asc|desc))?$/s.exec(term.trim())!
    const { sql } = columnSql(columns, match[1]!)
    return [`${sql} IS NULL`, `${sql} ${match[2] === 'desc' ? 'DESC' : 'ASC'}`]
  })
  return [...parts, 'r.id'].join(', ')
}

/** Like SQLite’s LIKE, a pattern of the text itself: its wildcards are escaped. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

// LIKE disregards the case of ASCII letters only; other letters go through a function of our own.
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)
const containsSql = (sql: string, text: string, params: Param[]): string => {
  params.push(isAscii(text) ? containing(text) : text.toLowerCase())
  return isAscii(text) ? `${sql} LIKE ? ESCAPE '\\'` : `holds_text(${sql}, ?)`
}

function searchSql(columns: readonly StoredColumn[], search: string, params: Param[]): string {
  const inDevices = containsSql('d.hostname', search, params)
  const parts = [`r.device IN (SELECT d.ordinal FROM devices d WHERE ${inDevices})`]
  for (const column of columns) parts.push(containsSql(sqlOf(column), search, params))
  return anyOf(parts)
}

/** Joins with OR as a balanced tree: 1,900 columns in a row would pass SQLite’s limit on depth. */
function anyOf(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0]!
  const half = parts.length >> 1
  return `(${anyOf(parts.slice(0, half))} OR ${anyOf(parts.slice(half))})`
}

const comparisons = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const

function conditionSql(columns: readonly StoredColumn[], filter: ResultFilter, params: Param[]): string {
  const { sql, type } = columnSql(columns, filter.column)
  const single = (): string | number => {
    if (filter.value === undefined || Array.isArray(filter.value)) {
      throw new AppError('bad_request', `The filter “${filter.op}” on “${filter.column}” needs one value.`)
    }
    return filter.value
  }
  const among = (values: readonly (string | number)[]): string => {
    const bound = values.flatMap((value) => representations(value, type))
    params.push(...bound)
    return `${sql} IN (${bound.map(() => '?').join(', ')})`
  }
  switch (filter.op) {
    case 'isNull':
      return `${sql} IS NULL`
    case 'notNull':
      return `${sql} IS NOT NULL`
    case 'in':
      return among(Array.isArray(filter.value) ? filter.value : [single()])
    case 'eq':
      return among([single()])
    case 'ne':
      // An empty value is not equal to a given one either.
      return `(${sql} IS NULL OR NOT ${among([single()])})`
    case 'contains':
      return containsSql(sql, String(single()), params)
    case 'notContains':
      return `(${sql} IS NULL OR NOT ${containsSql(sql, String(single()), params)})`
    default: {
      const value = single()
      const number = asNumber(value)
      const byNumber = number !== undefined && (typeof value === 'number' || type !== 'text')
      params.push(byNumber ? number : String(value))
      const kind = byNumber ? "typeof(%) IN ('integer', 'real')" : "typeof(%) = 'text'"
      return `(${kind.replace('%', sql)} AND ${sql} ${comparisons[filter.op]} ?)`
    }
  }
}

/** The stored values that a given one may mean: `443` is the number and the text, a blob is given as base64. */
function representations(value: string | number, type: ColumnType): Param[] {
  if (type === 'blob' && typeof value === 'string') return [value, Buffer.from(value, 'base64') as never]
  const number = asNumber(value)
  if (number === undefined || (type === 'text' && String(number) !== String(value))) return [String(value)]
  return [String(value), number]
}

const limit64 = 2n ** 63n

function asNumber(value: string | number): number | bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (/^-?\d{1,20}$/.test(value)) {
    const integer = BigInt(value)
    return integer < limit64 && integer >= -limit64 ? integer : undefined
  }
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined
}
