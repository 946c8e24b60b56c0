import type { Table } from '../define-table.ts'
import type { Engine } from '../engine/engine.ts'

/** Columns of a table, beside those named, that are NULL in every row of a query. */
export function emptyColumns(engine: Engine, table: Table, from = table.name): string[] {
  const names = Object.keys(table.columns)
  const counts = names.map((name) => `count("${name}") AS "${name}"`).join(', ')
  const [row] = engine.all(`SELECT ${counts} FROM ${from}`)
  return names.filter((name) => row?.[name] === 0)
}
