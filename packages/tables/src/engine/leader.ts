import type { Continuation } from '@quarry/schema/agent/query'
import { whyNotContinued } from '@quarry/sql/streams'
import type { Table } from '../define-table.ts'

/**
 * Follows the scan that leads a statement: the first that SQLite begins, around which all others turn. Where its table `continues`, and it
 * runs once and in order, the rows of the statement come in the order of its rows: broken off, it can go on at the row where it was.
 */
export interface Leader {
  /** SQLite begins a scan; returns whether it is to go on at the place of the request. */
  begins(scan: object, table: Table): boolean
  /** A scan came to a row; undefined for its end. */
  moves(scan: object, row: Record<string, unknown> | undefined): void
  /** A row of the statement was found. Returns whether it was given before, so that it is left out. */
  found(): boolean
  /** The row that was found is given. */
  gives(): void
  /** Where the statement can go on; undefined when it cannot. */
  place(): Continuation | undefined
  /** The request goes on with a statement that no longer runs in that way. */
  readonly lost: boolean
}

type AtEvent = Extract<Continuation, { table: string }>

/** @param before where the same statement was broken off before */
export function followLeader(sql: string, before?: Continuation): Leader {
  const continuation = before && 'table' in before ? before : undefined
  let leading: object | undefined
  let table = ''
  let broken = false
  let ended = false
  let at: Omit<AtEvent, 'table' | 'rows'> | undefined
  /** Rows of the statement for the row that leads, given in this run or before it. */
  let given = 0
  let passing = continuation?.rows ?? 0

  return {
    begins(scan, its) {
      if (scan === leading) broken = true
      if (leading) return false
      leading = scan
      table = its.name
      if (!its.continues) broken = true
      return !broken && continuation?.table === table
    },
    moves(scan, row) {
      if (scan !== leading || broken) return
      ended = row === undefined
      if (row === undefined) return
      const next = { epoch: Number(row.epoch), sequence: Number(row.sequence), time: Number(row.time_ms) }
      if (!Object.values(next).every(Number.isSafeInteger) || (at && !isAfter(next, at))) broken = true
      const same = !at && continuation?.epoch === next.epoch && continuation.sequence === next.sequence
      if (!same) passing = 0
      given = 0
      at = next
    },
    found() {
      if (passing === 0) return false
      passing--
      given++
      return true
    },
    gives() {
      given++
    },
    place() {
      if (broken || ended || whyNotContinued(sql) !== undefined) return undefined
      return at ? { table, ...at, rows: given + passing } : continuation
    },
    get lost() {
      return continuation !== undefined && leading !== undefined && (broken || continuation.table !== table)
    },
  }
}

const isAfter = (a: { epoch: number; sequence: number }, b: { epoch: number; sequence: number }) =>
  a.epoch > b.epoch || (a.epoch === b.epoch && a.sequence > b.sequence)
