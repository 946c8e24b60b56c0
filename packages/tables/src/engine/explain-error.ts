import type { Note } from '@quarry/schema/agent/query'
import { lakeTableIn } from '@quarry/sql/lake-tables'
import { nearest } from '@quarry/sql/nearest'
import { readStatement } from '@quarry/sql/sources'
import type { Table } from '../define-table.ts'
import { type ForeignTables, inWords } from './foreign.ts'

export interface Known {
  tables: readonly Table[]
  functions: readonly string[]
  /** Tables that only other platforms have, with these. */
  foreign?: ForeignTables
  /** Tables of osquery that Quarry leaves out, each with the reason. */
  leftOut?: Readonly<Record<string, string>>
}

/** Makes the function that turns SQLite's message on a statement into a note: it knows other platforms' tables and near names. */
export function explainError({
  tables,
  functions,
  foreign = {},
  leftOut = {},
}: Known): (message: string, sql: string) => Note {
  const names = {
    table: tables.flatMap((table) => [table.name, ...(table.aliases ?? [])]),
    column: [
      ...new Set(
        tables.flatMap(({ columns }) =>
          Object.entries(columns).flatMap(([name, { aliases = [] }]) => [name, ...aliases]),
        ),
      ),
    ],
    function: functions,
  }
  const own = new Set(names.table.map((name) => name.toLowerCase()))

  /** A table of other platforms that the statement reads, which SQLite had not come to when something else stopped it. */
  function foreignIn(sql: string): string | undefined {
    const { sources, ctes } = readStatement(sql)
    return sources
      .flatMap(({ table }) => table ?? [])
      .find((table) => {
        const name = table.toLowerCase()
        return Object.hasOwn(foreign, name) && !own.has(name) && !ctes.has(name)
      })
  }

  return (message, sql) => {
    const lake = lakeTableIn(sql)
    if (lake) {
      return {
        code: 'lake_table',
        message: `The table ${lake} belongs to the data lake, which is asked in its own dialect; no device has it.`,
      }
    }
    const [, kind, qualifier = '', name] =
      /^no such (table|column|function): (\w+\.)?(.+)$/.exec(message) ?? []
    if (!kind || !name) return { code: 'sql', message: `${message}.` }
    const other = kind === 'table' && Object.hasOwn(foreign, name.toLowerCase()) ? name : foreignIn(sql)
    if (other) {
      const platforms = inWords(foreign[other.toLowerCase()]!)
      return { code: 'other_platform', message: `The table ${other} exists only on ${platforms}.` }
    }
    const table = name.toLowerCase()
    if (kind === 'table' && Object.hasOwn(leftOut, table)) {
      return { code: 'sql', message: `Table ${table} of osquery is left out: ${leftOut[table]}` }
    }
    const near = nearest(name, names[kind as keyof typeof names])
    // The same name is a column of another table, which is no help.
    if (!near || near.toLowerCase() === name.toLowerCase()) return { code: 'sql', message: `${message}.` }
    // `main.` stands before a table by habit alone; before a column stands the table that it was looked for in.
    return { code: 'sql', message: `${message}; did you mean ${kind === 'column' ? qualifier : ''}${near}?` }
  }
}
