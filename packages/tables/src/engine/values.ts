import type { WireValue } from '@quarry/schema/agent/query'
import type { Value } from '../define-table.ts'
import type { Sqlite } from './sqlite.ts'

const INTEGER = 1
const FLOAT = 2
const TEXT = 3
const BLOB = 4

const TRANSIENT = -1
const SCRATCH_BYTES = 1 << 16
const MAX_INT64 = 2n ** 63n - 1n
const MIN_INT64 = -(2n ** 63n)

/** A value as SQLite gives it: an integer is a number where that is exact, else a bigint. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** Moves values between JavaScript and SQLite's memory. */
export interface Values {
  /** Reads a `sqlite3_value`. An integer is a number where that is exact, else a bigint. */
  read(value: number): SqlValue
  /** Reads a `sqlite3_value` as text, by SQLite's own conversion. */
  readText(value: number): string
  /** Reads the bytes of a `sqlite3_value`; of anything but a blob those of its text. */
  readBytes(value: number): Uint8Array
  /** Reads a column of the current row as it travels on the wire. */
  readColumn(stmt: number, index: number): WireValue
  /** Sets the result of a function or a table column. A number that is whole becomes an integer. */
  result(context: number, value: Value | undefined, real?: boolean): void
  /** Sets an error as the result of a function. */
  fail(context: number, message: string): void
}

const exact = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value

/** Makes the value mover of one SQLite instance. */
export function openValues({ raw, wasm, heap }: Sqlite): Values {
  const scratch = wasm.alloc(SCRATCH_BYTES) as number
  /** The text that lies there: one after the other, rows often have the same. */
  let written = ''
  let writtenBytes = 0

  function resultBytes(context: number, bytes: Uint8Array, set: RawExportsSetter) {
    if (bytes.length > 0x7fff_ffff) return raw.sqlite3_result_error_toobig(context)
    const pointer = raw.sqlite3_malloc(bytes.length + 1)
    if (pointer === 0) return raw.sqlite3_result_error_nomem(context)
    heap().set(bytes, pointer)
    set(context, pointer, bytes.length, TRANSIENT)
    raw.sqlite3_free(pointer)
  }

  function resultText(context: number, text: string) {
    // A UTF-16 unit takes at most three bytes of UTF-8. A lone surrogate becomes U+FFFD, a NUL stays.
    if (text.length * 3 > SCRATCH_BYTES)
      return resultBytes(context, Buffer.from(text, 'utf8'), raw.sqlite3_result_text)
    if (text !== written) {
      writtenBytes = heap().write(text, scratch, SCRATCH_BYTES, 'utf8')
      written = text
    }
    raw.sqlite3_result_text(context, scratch, writtenBytes, TRANSIENT)
  }

  function resultInteger(context: number, value: bigint) {
    if (value > MAX_INT64) value = BigInt.asIntN(64, value)
    if (value < MIN_INT64) value = MIN_INT64
    raw.sqlite3_result_int64(context, value)
  }

  function resultNumber(context: number, value: number, real: boolean) {
    if ((value | 0) === value && !real && !Object.is(value, -0)) raw.sqlite3_result_int(context, value)
    else if (!real && Number.isInteger(value) && Math.abs(value) < 2 ** 63)
      raw.sqlite3_result_int64(context, BigInt(value))
    else raw.sqlite3_result_double(context, value)
  }

  const readText = (value: number) => {
    const start = raw.sqlite3_value_text(value)
    return heap().toString('utf8', start, start + raw.sqlite3_value_bytes(value))
  }

  const readBytes = (value: number) => {
    const start = raw.sqlite3_value_blob(value)
    return new Uint8Array(heap().subarray(start, start + raw.sqlite3_value_bytes(value)))
  }

  return {
    readText,
    readBytes,
    read(value) {
      switch (raw.sqlite3_value_type(value)) {
        case INTEGER:
          return exact(raw.sqlite3_value_int64(value))
        case FLOAT:
          return raw.sqlite3_value_double(value)
        case TEXT:
          return readText(value)
        case BLOB:
          return readBytes(value)
        default:
          return null
      }
    },

    readColumn(stmt, index) {
      switch (raw.sqlite3_column_type(stmt, index)) {
        case INTEGER: {
          const value = exact(raw.sqlite3_column_int64(stmt, index))
          return typeof value === 'number' ? value : { i: value.toString() }
        }
        case FLOAT: {
          const value = raw.sqlite3_column_double(stmt, index)
          // JSON has no infinity; SQLite's shell prints Inf, and so do we.
          return Number.isFinite(value) ? value : value > 0 ? 'Inf' : '-Inf'
        }
        case TEXT: {
          const start = raw.sqlite3_column_text(stmt, index)
          return heap().toString('utf8', start, start + raw.sqlite3_column_bytes(stmt, index))
        }
        case BLOB: {
          const start = raw.sqlite3_column_blob(stmt, index)
          return { b: heap().toString('base64', start, start + raw.sqlite3_column_bytes(stmt, index)) }
        }
        default:
          return null
      }
    },

    result(context, value, real = false) {
      switch (typeof value) {
        case 'string':
          return resultText(context, value)
        case 'number':
          return resultNumber(context, value, real)
        case 'bigint':
          return resultInteger(context, value)
        case 'boolean':
          return raw.sqlite3_result_int(context, value ? 1 : 0)
        default:
          if (value instanceof Uint8Array) return resultBytes(context, value, raw.sqlite3_result_blob)
          raw.sqlite3_result_null(context)
      }
    },

    fail(context, message) {
      written = ''
      writtenBytes = 0
      const length = heap().write(message, scratch, SCRATCH_BYTES, 'utf8')
      raw.sqlite3_result_error(context, scratch, length)
    },
  }
}

type RawExportsSetter = (context: number, pointer: number, bytes: number, destructor: number) => void
