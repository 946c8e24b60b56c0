import { AppError, type Cell, type ColumnType } from '@quarry/schema'
import type { Db, StoredColumn } from './result-file.ts'

/** What a connector says of the values of one column: columns that stand beside those of the run. */
export interface Enriched {
  /** The column whose cells were asked about. */
  column: string
  /** Stands before the name of each field: `remote_address.ipstack`. */
  prefix: string
  fields: readonly { name: string; type: ColumnType }[]
  /** A value as the cell has it, then what each field says. */
  values: readonly (readonly [string, ...Cell[]])[]
  /** Another one whenever `values` or `fields` are others. */
  version: string
}

const maxTables = 16
const tables = new WeakMap<Db, Map<string, string>>()
let made = 0

/**
 * Makes the enriched columns of a file, from temporary tables that are kept by their version.
 * @throws AppError column_not_found
 */
export function enrichedColumns(
  db: Db,
  stored: readonly StoredColumn[],
  enriched: readonly Enriched[] = [],
): StoredColumn[] {
  return enriched.flatMap((each) => {
    const source = stored.find(({ name }) => name === each.column)
    if (!source) throw new AppError('column_not_found', `The results have no column “${each.column}”.`)
    const table = tableOf(db, each)
    return each.fields.map(({ name, type }, at) => ({
      key: `enriched_${name}`,
      name: `${each.prefix}.${name}`,
      type,
      sql: `(SELECT e.v${at} FROM temp.${table} e WHERE e.value = CAST(r.${source.key} AS TEXT))`,
    }))
  })
}

function tableOf(db: Db, { prefix, version, fields, values }: Enriched): string {
  const kept = tables.get(db) ?? new Map<string, string>()
  tables.set(db, kept)
  const key = `${prefix} ${version}`
  const found = kept.get(key)
  kept.delete(key)
  const table = found ?? fill(db, fields.length, values)
  kept.set(key, table)
  // Old ones stay for a while: an export may still read from them.
  for (const [old, name] of kept) {
    if (kept.size <= maxTables) break
    db.exec(`DROP TABLE temp.${name}`)
    kept.delete(old)
  }
  return table
}

function fill(db: Db, width: number, values: Enriched['values']): string {
  const table = `enriched_${made++}`
  const names = Array.from({ length: width }, (_, at) => `v${at}`)
  db.exec(`CREATE TEMP TABLE ${table} (value TEXT PRIMARY KEY, ${names.join(', ')}) WITHOUT ROWID`)
  const insert = db.prepare(`INSERT OR REPLACE INTO temp.${table} VALUES (?${', ?'.repeat(width)})`)
  db.transaction(() => {
    for (const row of values) insert.run(...row)
  })()
  return table
}
