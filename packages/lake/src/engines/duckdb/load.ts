// Writes the rows of NDJSON files, or of Parquet files, as one sorted Parquet file for each day, on disk before it returns.
import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { LakeTable } from '../../lake-table.ts'
import { sync } from '../../segments/durable.ts'
import { identifier, list, literal, readPending } from './columns.ts'
import type { LakeFile } from './manifest.ts'

const day = 86_400
/** How far a row's time may be from when it came; beyond it, it is kept with the day on which it came. */
const oldest = 400 * day
const newest = day

const dayName = (number: number) => new Date(number * day * 1000).toISOString().slice(0, 10)

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  return (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][]
}

/** Copies a SELECT to a file, sorted by time. Bytes of the file. */
async function copy(connection: DuckDBConnection, select: string, path: string): Promise<number> {
  await connection.run(
    `COPY (${select} ORDER BY "time", endpoint_id) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`,
  )
  await sync(path)
  return (await stat(path)).size
}

/**
 * Loads pending files of one table.
 * @param nameOf names the file of a day, inside `folder`
 * @returns the files, and how many lines were no rows
 */
export async function loadPending(
  connection: DuckDBConnection,
  table: LakeTable,
  paths: readonly string[],
  folder: string,
  nameOf: (day: string) => string,
): Promise<{ files: LakeFile[]; unreadable: number }> {
  const near = `"time" BETWEEN received_at - ${oldest} AND received_at + ${newest}`
  const dayOf = `CASE WHEN ${near} THEN "time" ELSE received_at END // ${day} AS day_`
  await connection.run(`CREATE OR REPLACE TEMP TABLE loading AS ${readPending(table, paths, dayOf)}`)
  const groups = await rowsOf(
    connection,
    'SELECT day_, count(*), min("time"), max("time"), endpoint_id IS NULL FROM loading GROUP BY day_, endpoint_id IS NULL ORDER BY day_',
  )
  const files: LakeFile[] = []
  let unreadable = 0
  for (const [number, rows, from, to, bad] of groups) {
    if (bad) {
      unreadable += Number(rows)
      continue
    }
    const dayText = dayName(Number(number))
    const name = nameOf(dayText)
    const select = `SELECT * EXCLUDE (day_) FROM loading WHERE day_ = ${Number(number)} AND endpoint_id IS NOT NULL`
    const bytes = await copy(connection, select, `${folder}/${name}`)
    files.push({
      table: table.name,
      day: dayText,
      name,
      rows: Number(rows),
      bytes,
      from: seconds(from),
      to: seconds(to),
    })
  }
  await connection.run('DROP TABLE loading')
  return { files, unreadable }
}

const seconds = (value: unknown) => (value === null || value === undefined ? null : Number(value))

/** Joins files of one table and day into one. */
export async function joinFiles(
  connection: DuckDBConnection,
  files: readonly LakeFile[],
  folder: string,
  name: string,
): Promise<LakeFile> {
  const [first] = files
  if (first === undefined) throw new Error('Nothing to join.')
  const paths = files.map((file) => `${folder}/${file.name}`)
  const select = `SELECT * FROM read_parquet(${list(paths)}, union_by_name = true)`
  const bytes = await copy(connection, select, `${folder}/${name}`)
  const times = (of: 'from' | 'to') => files.flatMap((file) => file[of] ?? [])
  const [from, to] = [times('from'), times('to')]
  return {
    table: first.table,
    day: first.day,
    name,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    bytes,
    from: from.length === 0 ? null : Math.min(...from),
    to: to.length === 0 ? null : Math.max(...to),
  }
}

/** The view of a table over its files: one select of what files and pending rows have, with every column whether a file has it or not. */
export function viewOf(
  table: LakeTable,
  shown: string,
  parquet: readonly string[],
  pending: readonly string[],
): string {
  const parts = [`SELECT * FROM empty.${identifier(table.name)}`]
  if (parquet.length > 0) parts.push(`SELECT * FROM read_parquet(${list(parquet)}, union_by_name = true)`)
  if (pending.length > 0)
    parts.push(`SELECT * FROM (${readPending(table, pending)}) WHERE endpoint_id IS NOT NULL`)
  return `CREATE VIEW ${identifier(table.name)} AS SELECT ${shown} FROM (${parts.join(' UNION ALL BY NAME ')})`
}
