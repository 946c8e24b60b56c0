import type { Output } from '@quarry/schema'
import type { countTables, listTables } from '@quarry/schema/endpoints/tables'
import type { LintedTable } from '@quarry/sql'

export type KnownTable = Output<typeof listTables>['items'][number]
export type KnownFunction = Output<typeof listTables>['functions'][number]

/** What the enrolled devices have: tables with their columns, and functions. */
export interface KnownSchema {
  tables: KnownTable[]
  functions: KnownFunction[]
}

/** How many of the chosen devices have each table. */
export type TableCounts = Output<typeof countTables>

/** The tables as the linter wants them: `devices` counts the chosen ones, and is left out where these are not known. */
export function chosenTables({ tables }: KnownSchema, counts: TableCounts | undefined): LintedTable[] {
  const known = new Map(counts?.items.map(({ name, devices }) => [name, devices]))
  return tables.map(({ devices: _, ...table }) =>
    counts && counts.devices > 0 ? { ...table, devices: known.get(table.name) ?? 0 } : table,
  )
}

export const noSchema: KnownSchema = { tables: [], functions: [] }

/** The tables, by name or alias, that a piece of SQL mentions anywhere. */
export function tablesIn(sql: string, { tables }: KnownSchema): KnownTable[] {
  const words = new Set(sql.toLowerCase().match(/\w+/g) ?? [])
  return tables.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((word) => words.has(word.toLowerCase())),
  )
}

/** The table that a name stands for: its own, or its alias in `FROM table alias` or `JOIN table AS alias`. */
export function tableNamed(name: string, sql: string, schema: KnownSchema): KnownTable | undefined {
  const find = (wanted: string) =>
    schema.tables.find((table) =>
      [table.name, ...(table.aliases ?? [])].some((known) => known.toLowerCase() === wanted.toLowerCase()),
    )
  const direct = find(name)
  if (direct || !/^\w+$/.test(name)) return direct
  const alias = new RegExp(`\\b(?:from|join|,)\\s*(\\w+)\\s+(?:as\\s+)?${name}\\b`, 'i').exec(sql)
  return alias?.[1] === undefined ? undefined : find(alias[1])
}
