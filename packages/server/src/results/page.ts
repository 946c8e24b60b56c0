import { createHash } from 'node:crypto'
import { AppError, type Cell } from '@quarry/schema'
import { enrichedColumns } from './enriched.ts'
import { type Db, readColumns, rowCount, type StoredColumn, sqlOf } from './result-file.ts'
import type { Selection } from './selection.ts'
import { toCell } from './values.ts'
import type { View, Views } from './view.ts'

/** A page of rows: by key, or a window when `offset` is given. */
export interface PageRequest extends Selection {
  pageSize: number
  pageFromKey?: string | undefined
  offset?: number | undefined
  withTotal: boolean
  /** The page ends early when its text is longer than this, after one row at least; 16 MB when left out. */
  maxBytes?: number
  /** The run goes on: its newest rows may be missing for a moment in a view that is slow to make. */
  mayLag: boolean
}

export interface Page {
  columns: StoredColumn[]
  items: Record<string, Cell>[]
  nextKey?: string
  /** Rows selected; there when asked for. */
  total?: number
}

/** Whether a selection is the rows as they came, so that a row's id is its place. */
export const isPlain = ({ sort, filter, search }: Selection): boolean => !sort && !filter?.length && !search

/**
 * Reads a page. Results only grow, so a key names the rows that its order was made from and stays good for ever.
 * @throws AppError column_not_found, bad_request
 */
export function readPage(db: Db, views: Views, request: PageRequest): Page {
  const stored = readColumns(db)
  const columns = [...stored, ...enrichedColumns(db, stored, request.enriched)]
  const newest = rowCount(db)
  if (isPlain(request)) return plainPage(db, columns, newest, request)

  const key = request.pageFromKey === undefined ? undefined : readKey(request.pageFromKey, request)
  if (key !== undefined && key.upTo > newest) throw badKey()
  const mayLag = request.mayLag && key === undefined
  const view = views.get(columns, request, key?.upTo ?? newest, mayLag)
  const after = key?.position ?? request.offset ?? 0
  const items = viewRows(db, columns, view, after, request)
  const position = after + items.length
  return {
    columns,
    items,
    ...(position < view.rows && { nextKey: writeKey(request, view.upTo, position) }),
    ...(request.withTotal && { total: view.rows }),
  }
}

function plainPage(db: Db, columns: StoredColumn[], newest: number, request: PageRequest): Page {
  const after =
    request.pageFromKey === undefined ? (request.offset ?? 0) : readKey(request.pageFromKey, request).position
  const select = db
    .prepare(`${selectRows(columns)} WHERE r.id > ? AND r.id <= ? ORDER BY r.id LIMIT ?`)
    .safeIntegers(true)
    .raw(true)
  const items = readItems(columns, select.iterate(after, newest, request.pageSize), request.maxBytes)
  const position = after + items.length
  return {
    columns,
    items,
    ...(items.length > 0 && position < newest && { nextKey: writeKey(request, 0, position) }),
    ...(request.withTotal && { total: newest }),
  }
}

function viewRows(db: Db, columns: StoredColumn[], view: View, after: number, request: PageRequest) {
  const select = db
    .prepare(
      `${selectRows(columns, `temp.${view.table} v JOIN rows r ON r.id = v.id`)} WHERE v.pos > ? AND v.pos <= ? ORDER BY v.pos`,
    )
    .safeIntegers(true)
    .raw(true)
  return readItems(columns, select.iterate(after, after + request.pageSize), request.maxBytes)
}

/** SELECT of endpoint id, host name and every column of the run; join with `WHERE …`. */
export function selectRows(columns: readonly StoredColumn[], from = 'rows r'): string {
  const keys = columns.map((column) => `, ${sqlOf(column)}`).join('')
  return `SELECT d.endpoint_id, d.hostname${keys} FROM ${from} JOIN devices d ON d.ordinal = r.device`
}

/** Reads rows of `selectRows` as items of the API: `endpointId`, `hostname`, `epName`, then the columns. */
function readItems(
  columns: readonly StoredColumn[],
  rows: Iterable<unknown>,
  maxBytes = 16 << 20,
): Record<string, Cell>[] {
  const items: Record<string, Cell>[] = []
  let bytes = 0
  for (const row of rows as Iterable<unknown[]>) {
    // No prototype: a column may be named `__proto__`.
    const item: Record<string, Cell> = Object.create(null)
    item.endpointId = row[0] as string
    item.hostname = row[1] as string
    item.epName = row[1] as string
    for (let index = 0; index < columns.length; index++) {
      const cell = toCell(row[index + 2])
      item[columns[index]!.name] = cell
      bytes += typeof cell === 'string' ? cell.length : 8
    }
    items.push(item)
    if (bytes > maxBytes) break
  }
  return items
}

const badKey = () => new AppError('bad_request', 'pageFromKey is not a key of these results.')

const hashOf = ({ sort, filter, search }: Selection): string =>
  createHash('sha256')
    .update(JSON.stringify([sort ?? '', filter ?? [], search ?? '']))
    .digest('base64url')
    .slice(0, 10)

const writeKey = (selection: Selection, upTo: number, position: number): string =>
  Buffer.from(`${hashOf(selection)}.${upTo}.${position}`).toString('base64url')

function readKey(key: string, selection: Selection): { upTo: number; position: number } {
  const match = /^([\w-]{10})\.(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(key, 'base64url').toString())
  if (match === null) throw badKey()
  if (match[1] !== hashOf(selection)) {
    throw new AppError('bad_request', 'pageFromKey belongs to another sort, filter or search.')
  }
  return { upTo: Number(match[2]), position: Number(match[3]) }
}
