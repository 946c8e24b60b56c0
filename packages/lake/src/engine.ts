// What an engine of the lake does. The log in front of it is the same for all: an engine takes in whole segments.
import type { PendingFile } from './segments/pending.ts'
import type { Marks } from './segments/segment-log.ts'

/** One table's rows of one day (UTC, `YYYY-MM-DD`). */
export interface DayStatistics {
  readonly table: string
  readonly day: string
  readonly rows: number
  /** As stored, compressed. */
  readonly bytes: number
  readonly files: number
}

export interface Statistics {
  readonly days: readonly DayStatistics[]
  /** Acknowledged and not yet in the engine. Bytes as sent. */
  readonly pending: { readonly rows: number; readonly bytes: number }
  /** Lines that were no JSON, by table. They are kept aside, not in the table. */
  readonly unreadable: Readonly<Record<string, number>>
}

/** A query's answer: an integer beyond 2^53 − 1 is a bigint, bytes are a `Uint8Array`. */
export interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly unknown[][]
}

/** The lake at one moment: nothing that comes, is merged or expires later changes it. Holds files until closed. */
export interface LakeView {
  /** Answers one SELECT in the engine's own SQL. @throws Error for anything else than one SELECT, and with the engine's words. */
  query(sql: string): Promise<Answer>
  close(): void
}

export interface Engine {
  /** What it has durably: segments up to `through`, sequences up to `marks`. */
  readonly taken: { through: number; marks: Marks } // one object, changed in place
  /**
   * Takes in a segment, whole or not at all; on disk when it resolves. `taken` then says so. The same segment again, after a crash, must
   * not double it.
   */
  load(segment: number, files: readonly PendingFile[], marks: Marks): Promise<void>
  /** Joins small files. Changes no answer. Returns how many days were joined. */
  merge(): Promise<number>
  /** Removes whole days older than `days` of a table, counted back from the day of `now` (milliseconds). Returns the rows removed. */
  expire(table: string, days: number, now: number): Promise<number>
  /** A view of what it has at the moment of the call, before anything is awaited, with the pending files beside. */
  view(pending: readonly PendingFile[]): Promise<LakeView>
  statistics(): Pick<Statistics, 'days' | 'unreadable'>
  close(): Promise<void>
}
