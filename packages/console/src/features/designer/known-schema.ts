import type { Output } from '@quarry/schema'
import type { listTables } from '@quarry/schema/endpoints/tables'

export type KnownTable = Output<typeof listTables>['items'][number]
export type KnownFunction = Output<typeof listTables>['functions'][number]

/** What the enrolled devices have: tables with their columns, and functions. */
export interface KnownSchema {
  tables: KnownTable[]
  functions: KnownFunction[]
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
