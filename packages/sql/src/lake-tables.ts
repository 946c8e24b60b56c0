import { readStatement } from './sources.ts'

// The wide tables of the vendor's data lake, as public queries name them: xdr_data, mdr_ioc_all.
const lakeTable = /^(xdr|mdr)_\w+$/i

/** Whether a name is that of a table which only a data lake has. */
export const isLakeTable = (name: string) => lakeTable.test(name)

/** The first table of a data lake that a statement reads, as written; undefined when it reads none. It need not be SQL of SQLite. */
export function lakeTableIn(sql: string): string | undefined {
  const { sources, ctes } = readStatement(sql)
  return sources
    .map(({ table }) => table)
    .find((table) => table !== undefined && isLakeTable(table) && !ctes.has(table.toLowerCase()))
}
