import type { Journal, JournalRow } from '@quarry/schema/define-journal'

export type KeptValue = string | number | bigint | null

/** Where an event stands: it keeps both for ever, also when its period is closed. They rise with each event of a subject. */
export interface Position {
  /** Rises with each journal folder that was begun anew. */
  epoch: number
  sequence: number
}

/** An event as it is read. */
export interface StoredEvent extends Position {
  /** Milliseconds since 1970. */
  time: number
  /** The columns that were asked for, by name. */
  row: Record<string, KeptValue>
}

/** What a journal holds, for `quarry_journals`. */
export interface JournalState {
  subject: string
  /** Milliseconds since 1970; undefined for an empty journal. */
  firstTime?: number
  lastTime?: number
  events: number
  /** Bytes on disk, indexes included. */
  bytes: number
  /** Events that were lost or shed. */
  lostEvents: number
}

/** Events that were not kept, and why. */
export interface Loss {
  subject: string
  /** Milliseconds since 1970. */
  firstTime: number
  lastTime: number
  events: number
  /** `shed`, `source`, `disk_full`, `disk_error`, `torn_block`, `retention` … */
  reason: string
}

export interface StoreOptions {
  /** Days that events are kept; default 90. */
  days?: number
  /** Bytes on disk, default 5,250 MB. */
  bytes?: number
  /** Share of the file system's size, default 0.1. The lower of both holds. */
  share?: number
  /** Now in milliseconds since 1970, for tests. */
  now?: () => number
  /** When a period is closed and packed; default 250,000 events or 24 hours. */
  period?: { events?: number; hours?: number }
  /** Says something for the log: what was set aside and why. */
  log?: (message: string) => void
}

/** The one writer of a journal folder. */
export interface JournalWriter {
  /** Takes an event; it is on disk, and seen by readers, after `flush` or at most 200 ms later. Never throws for a full disk. */
  append<J extends Journal>(journal: J, time: number, row: JournalRow<J>): void
  /** Records that events were not kept. */
  lose(loss: Loss): void
  /** Writes what was taken. */
  flush(): void
  /** Compaction and retention: a bounded step at a time. Returns true when there is more to do at once. */
  maintain(): boolean
  /** Whether the disk lets nothing be written at this time. */
  readonly stopped: string | undefined
  states(): JournalState[]
  close(): void
}

export interface Range {
  /** Milliseconds since 1970, both included. */
  from?: number
  to?: number
}

/** Rows of which one of the columns, as text, matches all expressions. NULL matches none. */
export interface Pattern {
  columns: readonly string[]
  expressions: readonly RegExp[]
}

export interface ScanOptions {
  /** Columns to read; the others are not decoded. */
  columns: readonly string[]
  time?: Range
  /** Needles: rows whose column has one of the values, for columns with `index`; all of them hold (AND). */
  equals?: Record<string, readonly KeptValue[]>
  /** Rows that fit all of them. */
  patterns?: readonly Pattern[]
  /** Only events at this position and after it. */
  from?: Position | undefined
  /** Only events up to this position, it included. */
  until?: Position | undefined
}

/** Reads a journal folder while the writer writes; any number at a time, in any process. */
export interface JournalReader {
  /** Lazily, one period after the other; a snapshot as of the first pull. In the order of their positions. */
  scan(subject: string, options: ScanOptions): Iterable<StoredEvent>
  /** Events after a position in the order of their positions, the first ones first. */
  readAfter(subject: string, after: Position, limit: number): StoredEvent[]
  /** Where the last event of a journal stands; undefined when it never had one. */
  last(subject: string): Position | undefined
  states(): JournalState[]
  losses(range?: Range): Loss[]
  close(): void
}
