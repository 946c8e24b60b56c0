import type { ColumnType } from '@quarry/schema'
import type { Column, Table } from '../define-table.ts'
import type { ForeignColumns } from './foreign.ts'
import type { Naming } from './old-names.ts'

/** A table as SQLite sees it: its columns with the hidden ones for old names. */
export interface DeclaredTable {
  table: Table
  /** The `CREATE TABLE` that declares it. */
  sql: string
  /** Real name of each SQLite column, by position. */
  real: string[]
  /** Whether the column holds real numbers, by position: there 1 is 1.0. */
  isReal: boolean[]
  /** What stands for a value that the table does not give, by position: '' in a text of another platform, as osquery has it. */
  absent: ('' | undefined)[]
  /** Columns that only other platforms have: hidden, and empty. */
  foreign: ForeignColumns[string]
  /** Turns SQLite's bits of used columns into names. */
  reads(bits: bigint | number): ReadonlySet<string>
}

const sqlTypes: Record<ColumnType, string> = {
  text: 'TEXT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  unsigned_bigint: 'UNSIGNED BIGINT',
  double: 'DOUBLE',
  blob: 'BLOB',
}

/** SQLite has 64 bits for used columns; the last one stands for all from there on. */
const LAST_BIT = 63

/**
 * Works out how a table is declared. Names are quoted, so that a column may be called `index` or `group`.
 * @param naming other names for one statement; without it the new names are shown and the old ones hidden
 */
export function declare(table: Table, foreign: ForeignColumns[string] = {}, naming?: Naming): DeclaredTable {
  const own = Object.entries(table.columns).flatMap(([name, column]) => namesOf(name, column, naming))
  const taken = new Set(own.map((entry) => entry.name.toLowerCase()))
  const others = Object.entries(foreign)
    .filter(([name]) => !taken.has(name.toLowerCase()))
    .map(([name, column]) => ({ name, real: name, column, hidden: true }))
  const entries = [...own, ...others]
  const columns = entries.map(
    ({ name, column, hidden }) => `"${name}" ${sqlTypes[column.type]}${hidden ? ' HIDDEN' : ''}`,
  )
  return {
    table,
    foreign: Object.fromEntries(others.map(({ name, column }) => [name, column])),
    sql: `CREATE TABLE x(${columns.join(', ')})`,
    real: entries.map((entry) => entry.real),
    isReal: entries.map((entry) => entry.column.type === 'double'),
    absent: entries.map((_, index) =>
      index >= own.length && entries[index]!.column.type === 'text' ? '' : undefined,
    ),
    reads(bits) {
      const used = BigInt.asUintN(64, BigInt(bits))
      return new Set(
        entries
          .filter((_, index) => (used >> BigInt(Math.min(index, LAST_BIT))) & 1n)
          .map((entry) => entry.real),
      )
    },
  }
}

/** The names of one column, the shown one first. */
function namesOf(real: string, column: Column, { words, without }: Partial<Naming> = {}) {
  const { aliases = [], hidden = false, yields } = column
  const old = words && aliases.find((alias) => words.has(alias.toLowerCase()))
  const goes = real.toLowerCase() === without && (old !== undefined || yields)
  const names = [...(old ? [old] : []), ...(goes ? [] : [real]), ...aliases.filter((alias) => alias !== old)]
  return names.map((name, index) => ({ name, real, column, hidden: hidden || index > 0 }))
}
