import { enrichedColumns } from '../enriched.ts'
import { isPlain } from '../page.ts'
import { type Db, readColumns, rowCount, type StoredColumn } from '../result-file.ts'
import type { Selection } from '../selection.ts'
import { columnSql } from '../selection.ts'
import type { Views } from '../view.ts'

/** A column of an export, by the name it has in the file. */
export interface ExportColumn {
  name: string
  sql: string
  type: StoredColumn['type']
}

export interface ExportRequest extends Selection {
  format: 'csv' | 'jsonl' | 'parquet'
  /** Names of the columns in their order; without it `epName` and all of the query's. */
  columns?: readonly string[] | undefined
}

/** What an export reads: its columns and a way through the selected rows, in chunks, in order. */
export interface ExportSource {
  columns: ExportColumn[]
  chunks(rowsPerChunk: number): Generator<unknown[][]>
  /** Returns the storage classes (`integer`, `text`, …) that a column really holds. */
  kinds(column: ExportColumn): Set<string>
}

/**
 * Opens an export over the rows that are there now; rows that come later are not in it.
 * @throws AppError column_not_found, bad_request
 */
export function openExport(db: Db, views: Views, request: ExportRequest): ExportSource {
  const own = readColumns(db)
  const stored = [...own, ...enrichedColumns(db, own, request.enriched)]
  const names = request.columns ?? ['epName', ...stored.map(({ name }) => name)]
  const columns = names.map((name) => ({ name, ...columnSql(stored, name) }))
  const upTo = rowCount(db)
  const view = isPlain(request) ? undefined : views.pinned(stored, request, upTo)
  const last = view?.rows ?? upTo
  const list = columns.map(({ sql }) => sql).join(', ')
  const select = view
    ? `SELECT ${list} FROM temp.${view.table} v JOIN rows r ON r.id = v.id WHERE v.pos > ? AND v.pos <= ? ORDER BY v.pos`
    : `SELECT ${list} FROM rows r WHERE r.id > ? AND r.id <= ? ORDER BY r.id`

  return {
    columns,
    *chunks(rowsPerChunk) {
      const statement = db.prepare(select).safeIntegers(true).raw(true)
      try {
        for (let after = 0; after < last; after += rowsPerChunk) {
          yield statement.all(after, Math.min(last, after + rowsPerChunk)) as unknown[][]
        }
      } finally {
        view?.release()
      }
    },
    kinds({ sql }) {
      const from = view ? `temp.${view.table} v JOIN rows r ON r.id = v.id` : 'rows r'
      const rows = db.prepare(`SELECT DISTINCT typeof(${sql}) FROM ${from} WHERE r.id <= ?`).pluck().all(upTo)
      return new Set(rows as string[])
    },
  }
}
