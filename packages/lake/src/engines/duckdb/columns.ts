// A table's columns in DuckDB: as rows bring them, as files keep them, and as a question sees them.
import { deviceColumns, type LakeTable, type Stored } from '../../lake-table.ts'

/** A text as a literal of SQL. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
export const list = (paths: readonly string[]) => `[${paths.map(literal).join(', ')}]`

export const columnsOf = (table: LakeTable): [string, Stored][] =>
  Object.entries({ ...deviceColumns, ...table.columns })

const fileType = { integer: 'BIGINT', text: 'VARCHAR', sha256: 'BLOB' } as const

/** Definition of the columns as files keep them. */
export const fileColumns = (table: LakeTable) =>
  columnsOf(table)
    .map(([name, stored]) => `${identifier(name)} ${fileType[stored]}`)
    .join(', ')

// 64 hex digits become 32 bytes, an empty text an empty value; what is neither is no hash, and NULL.
const toFile = (name: string, stored: Stored) => {
  const column = identifier(name)
  if (stored !== 'sha256') return column
  return `CASE WHEN length(${column}) = 64 THEN try(unhex(${column})) WHEN ${column} = '' THEN ''::BLOB END AS ${column}`
}

/** NDJSON files as rows in the form of the files. A line that is no JSON, or names a key twice, has no `endpoint_id`. */
export function readPending(table: LakeTable, paths: readonly string[], ...more: string[]): string {
  const columns = columnsOf(table)
    .map(([name, stored]) => `${identifier(name)}: '${stored === 'integer' ? 'BIGINT' : 'VARCHAR'}'`)
    .concat("received_at: 'BIGINT'")
  const selected = columnsOf(table).map(([name, stored]) => toFile(name, stored))
  return `SELECT ${[...selected, ...more].join(', ')} FROM read_json(${list(paths)}, format = 'newline_delimited', ignore_errors = true,
    maximum_object_size = 16777216, columns = {${columns.join(', ')}})`
}

/** The columns as a question sees them: hashes in lower-case hex. */
export const shownColumns = (table: LakeTable) =>
  columnsOf(table)
    .map(([name, stored]) =>
      stored === 'sha256' ? `lower(hex(${identifier(name)})) AS ${identifier(name)}` : identifier(name),
    )
    .join(', ')
