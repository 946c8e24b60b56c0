import type { Cell } from '@quarry/schema'
import { enrichedColumns } from './enriched.ts'
import { type Db, readColumns, rowCount } from './result-file.ts'
import { columnSql, type Selection, selectionSql } from './selection.ts'
import { toCell } from './values.ts'

export interface GroupRequest extends Selection {
  column: string
  order: 'rare' | 'common' | 'value'
  limit: number
}

export interface Groups {
  items: { value: Cell; count: number; devices: number }[]
  /** Number of values, also beyond the limit. */
  groups: number
}

// Rare first: a value on few devices is more telling than one in few rows.
const orders = {
  rare: 'devices, count, value',
  common: 'devices DESC, count DESC, value',
  value: 'value IS NULL, value',
} as const

/**
 * Counts rows and devices of each value of a column.
 * @throws AppError column_not_found
 */
export function readGroups(db: Db, request: GroupRequest): Groups {
  const stored = readColumns(db)
  const columns = [...stored, ...enrichedColumns(db, stored, request.enriched)]
  const { where, params } = selectionSql(columns, { ...request, sort: undefined })
  const { sql } = columnSql(columns, request.column)
  const rows = db
    .prepare(
      `WITH groups AS MATERIALIZED (
         SELECT ${sql} AS value, count(*) AS count, count(DISTINCT r.device) AS devices
         FROM rows r WHERE r.id <= ? AND (${where}) GROUP BY 1
       )
       SELECT value, count, devices, (SELECT count(*) FROM groups) FROM groups ORDER BY ${orders[request.order]} LIMIT ?`,
    )
    .safeIntegers(true)
    .raw(true)
    .all(rowCount(db), ...params, request.limit) as [unknown, bigint, bigint, bigint][]
  return {
    items: rows.map(([value, count, devices]) => ({
      value: toCell(value),
      count: Number(count),
      devices: Number(devices),
    })),
    groups: Number(rows[0]?.[3] ?? 0n),
  }
}
