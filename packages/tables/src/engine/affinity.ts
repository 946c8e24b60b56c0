import type { ColumnType } from '@quarry/schema'
import type { SqlValue } from './values.ts'

const NUMERIC = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i
const WHOLE = /^\s*[+-]?\d+\s*$/

/**
 * Brings the value of a constraint to the type of its column, by the rules of SQLite's affinity: `pid = '1'` asks a whole-number
 * column for 1, `path = 5` a text column for '5'. What has no such form stays as it is.
 */
export function toColumnType(value: SqlValue, type: ColumnType): SqlValue {
  if (value === null || value instanceof Uint8Array || type === 'blob') return value
  if (type === 'text') return typeof value === 'string' ? value : toText(value)
  return typeof value === 'string' ? fromText(value) : whole(value)
}

/** Text of a number as SQLite prints it: a real number keeps its point. */
function toText(value: number | bigint): string {
  return String(value)
}

function fromText(text: string): SqlValue {
  if (!NUMERIC.test(text)) return text
  if (!WHOLE.test(text)) return whole(Number(text))
  const digits = text.trim().replace(/^\+/, '')
  const value = digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits)
  return whole(value)
}

/** A whole number as a number where that is exact, else as a bigint. */
function whole(value: number | bigint): number | bigint {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }
  return value
}
