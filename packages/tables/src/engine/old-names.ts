import { significant, tokenize } from '@quarry/sql/tokenize'
import type { Table } from '../define-table.ts'

/** Which names the columns of tables get for one statement. */
export interface Naming {
  /** Every word of the statement, in small letters: an old name among them stands in place of the new one. */
  words: ReadonlySet<string>
  /** A name that two tables have, in small letters: the one that was renamed since, or that yields, goes without it. */
  without?: string
}

/**
 * Decides what to try when SQLite does not understand a name. Public queries were written before columns were renamed: `SELECT *` gave
 * them the old names, and a new name was none that another table could have too.
 * @param message SQLite's
 * @returns undefined when the names of columns are not the trouble
 */
export function namingFor(message: string, sql: string, tables: readonly Table[]): Naming | undefined {
  const [, kind, name] = /^(no such|ambiguous) column(?: name)?: (?:\w+\.)*(\w+)$/.exec(message) ?? []
  if (!kind || !name) return undefined
  const words = new Set(
    significant(tokenize(sql)).map(({ text }) => text.replace(/^["`[](.*)["`\]]$/s, '$1').toLowerCase()),
  )
  const missed = name.toLowerCase()
  const naming: Naming = kind === 'ambiguous' ? { words, without: missed } : { words }
  if (kind === 'no such' && !tables.some((table) => aliasesOf(table).includes(missed))) return undefined
  return tables.some((table) => isRenamed(table, naming)) ? naming : undefined
}

/** Whether a table that the statement speaks of has another column under a naming. */
export function isRenamed(table: Table, { words, without }: Naming): boolean {
  if (![table.name, ...(table.aliases ?? [])].some((name) => words.has(name.toLowerCase()))) return false
  const yields = Object.entries(table.columns).some(
    ([name, column]) => column.yields && name.toLowerCase() === without,
  )
  return yields || aliasesOf(table).some((alias) => words.has(alias))
}

const aliasesOf = ({ columns }: Table) =>
  Object.values(columns).flatMap(({ aliases = [] }) => aliases.map((alias) => alias.toLowerCase()))
