import type { ColumnType, PivotType, Platform, SensitiveTable } from '@quarry/schema'
import type { Host } from './host/host.ts'

/** A value that a table yields or a constraint holds. A boolean becomes 0 or 1. */
export type Value = string | number | bigint | boolean | Uint8Array | null

export interface Column<T extends Value = Value> {
  readonly type: ColumnType
  readonly description: string
  /** An `=` or `IN` constraint on it makes the table cheap. */
  readonly index?: boolean
  /** Without a constraint on it (`=`, `IN`, `LIKE`, `GLOB` or a join) the table is empty, with a warning. */
  readonly required?: boolean
  /** A constraint on it changes what the table does (osquery's "additional"). */
  readonly additional?: boolean
  /** Not part of `SELECT *`. */
  readonly hidden?: boolean
  /** Old names of the column; each becomes a hidden column with the same value and the same constraints. */
  readonly aliases?: readonly string[]
  /** Where a statement names no table, the column of the same name of another table is meant. */
  readonly yields?: boolean
  readonly pivotType?: PivotType
  /** Only for the types: which values the column takes. */
  readonly _value?: T
}

export type ColumnOptions = Partial<
  Pick<Column, 'index' | 'required' | 'additional' | 'hidden' | 'aliases' | 'yields' | 'pivotType'>
>

const make =
  <T extends Value>(type: ColumnType) =>
  (description: string, options?: ColumnOptions): Column<T | null> => ({ type, description, ...options })

type Whole = number | bigint | boolean

/** Makers of columns, one for each SQL type of osquery; each takes a sentence and options. */
export const column = {
  text: make<string>('text'),
  integer: make<Whole>('integer'),
  bigint: make<Whole>('bigint'),
  unsignedBigint: make<Whole>('unsigned_bigint'),
  double: make<number>('double'),
  blob: make<Uint8Array>('blob'),
}

export type Columns = Record<string, Column>
/** A row; a column that is left out is NULL. */
export type Row<C extends Columns> = { [K in keyof C]?: C[K]['_value'] }

export type Op = '=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'GLOB'
export interface Constraint {
  readonly op: Op
  readonly value: Value
}

/** What one scan of a table is asked for, and what it may say about it. */
export interface Scan<C extends Columns = Columns> {
  /** Constraints that SQLite handed over on an index, required or additional column; all of them hold (AND). */
  constraints(name: keyof C & string): readonly Constraint[]
  /** The values by `=` or `IN` of a column, each once; undefined when it has no such constraint. Text columns give strings. */
  values(name: keyof C & string): readonly Value[] | undefined
  /** The same as strings, leaving out NULL. */
  texts(name: keyof C & string): readonly string[] | undefined
  /** The same as safe integers, leaving out what is none. */
  integers(name: keyof C & string): readonly number[] | undefined
  /**
   * Whether the statement says anything about this column of this table: a comparison of any kind, also one that SQLite does not
   * hand over (in this plan, or ever). A computation such as `time + 0 > 5` is none.
   */
  constrained(name: keyof C & string): boolean
  /** Whether whoever asks may read a table that holds secrets, for a column of another table that holds the same. */
  mayRead(table: SensitiveTable): boolean
  /** Whether the statement reads the column: what is expensive is worked out only then. */
  uses(name: keyof C & string): boolean
  /** Puts a warning on the result; the same one twice counts once. `code` is one of `warningCodes`. */
  warn(message: string, code?: string): void
  /** Keeps a value for the length of the statement, so that a join does not do the same work for each row. */
  once<T>(key: string, make: () => T): T
  /** The lists that travel beside the statement, by name. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** Of a table that `continues`: only rows at this place and after it are wanted, and no other limit of time but the statement's. */
  readonly from?: Place
  /**
   * The time of now that the statement goes by, in milliseconds since 1970: the same for all its scans, and when it goes on later.
   * @param read asked once
   */
  asked(read: () => number): number
  /**
   * The last place of a journal that the statement sees: the same for all its scans, and when it goes on later.
   * @param find asked once
   */
  until(journal: string, find: () => Place | undefined): Place | undefined
  /** Keeps the latest sentence about how far the table came; it is asked for only when a limit ends the statement. */
  progress(say: () => string | undefined): void
}

/** Where a row stands among those of a journal, for ever. */
export interface Place {
  epoch: number
  sequence: number
}

export interface Table<C extends Columns = Columns> {
  name: string
  /** Other names of the table. */
  aliases?: readonly string[]
  description: string
  platforms: readonly Platform[]
  columns: C
  examples: readonly string[]
  /** Every required column needs its constraint; otherwise one of them is enough. */
  requiresAll?: boolean
  /** About how many rows a full scan gives; 1,000 when left out. Guides SQLite's join order. */
  estimatedRows?: number
  /**
   * Columns without which no other constraint saves much: a plan that has none of them costs a full scan, so that SQLite looks for
   * a join order, and for no union of scans, that has one.
   */
  narrowedBy?: readonly string[]
  /**
   * Its rows come in the order of their columns `epoch` and `sequence`, have `time_ms`, and `scan.from` leaves out those before it: a
   * statement that such a table leads can be broken off and go on later.
   */
  continues?: boolean
  /** Yields rows lazily; the engine stops pulling at a limit or the deadline. SQLite checks every constraint again. */
  rows(host: Host, scan: Scan<C>): Iterable<Row<C>>
}

/** Declares a table: the file is its home, its name is its id. */
export function defineTable<const C extends Columns>(table: Table<C>): Table<C> {
  return table
}
