import type { PivotType } from './pivots.ts'
import type { ColumnType } from './values.ts'

/**
 * How the store keeps a value: `time` in milliseconds since 1970, `sophosPid` as `<pid>:<ticks>`, `sha256` in lower-case hex,
 * `address` as IPv4 or IPv6 text. A column without it is not kept: it is worked out when the journal is read.
 */
export type Kept = 'integer' | 'text' | 'sophosPid' | 'sha256' | 'address'

export interface JournalColumn<K extends Kept | undefined = Kept | undefined> {
  readonly type: ColumnType
  readonly description: string
  readonly kept: K
  /** A needle: `=` and `IN` on it find their rows without reading the rest. */
  readonly index?: boolean
  /** Not part of `SELECT *`. */
  readonly hidden?: boolean
  /** Old names, each a hidden column of its own. */
  readonly aliases?: readonly string[]
  /** The vendor's journals do not have it: where a statement names no table, another table's column of this name is meant. */
  readonly yields?: boolean
  readonly pivotType?: PivotType
}

export type JournalColumns = Record<string, JournalColumn>

/** A journal: what one kind of activity leaves behind. Store, tables, lake and pages are made from it. */
export interface Journal<C extends JournalColumns = JournalColumns> {
  /** Its name in `quarry_journals` and in the store. */
  readonly subject: string
  /** Its table. The file is named after it. */
  readonly table: string
  readonly description: string
  /** Every journal has, beside these, `time` (unix seconds, indexed) and hidden `time_ms`, `epoch`, `sequence`. */
  readonly columns: C
  /** What goes first when there is too much: 0 is kept longest. */
  readonly shedOrder: number
  readonly examples: readonly string[]
}

type KeptValue<K> = K extends 'integer' ? number | bigint | null : string | null

/** What one event keeps; a column that is left out is NULL. */
export type JournalRow<J extends Journal> = {
  [N in keyof J['columns'] as J['columns'][N]['kept'] extends Kept ? N : never]?: KeptValue<
    J['columns'][N]['kept']
  >
}

/** Declares a journal. */
export function defineJournal<const C extends JournalColumns>(journal: Journal<C>): Journal<C> {
  return journal
}

type Options = Pick<JournalColumn, 'index' | 'hidden' | 'aliases' | 'yields' | 'pivotType'>
const kept =
  <K extends Kept | undefined>(type: ColumnType, how: K) =>
  (description: string, options?: Options): JournalColumn<K> => ({ type, kept: how, description, ...options })

/** Makers of a journal's columns. */
export const journalColumn = {
  integer: kept('bigint', 'integer'),
  text: kept('text', 'text'),
  sophosPid: kept('text', 'sophosPid'),
  sha256: kept('text', 'sha256'),
  address: kept('text', 'address'),
  /** Worked out when read: a text, or a number. */
  derivedText: kept('text', undefined),
  derivedInteger: kept('bigint', undefined),
}
const { sophosPid, derivedInteger } = journalColumn

/** The columns by which every journal says which process it was. */
export const processColumns = {
  sophos_pid: sophosPid('Process that did it, as `<pid>:<start>`, the key that joins every journal.', {
    index: true,
    aliases: ['sophosPID'],
    pivotType: 'sophosPid',
  }),
  pid: derivedInteger('Process id, which the system gives again to others.'),
  process_start_time: derivedInteger('When the process started, in unix seconds.', {
    aliases: ['processStartTime'],
  }),
}
