import type { Value } from '../define-table.ts'
import type { SqlValue } from '../engine/values.ts'

/** How an argument is read: as text or whole number by SQLite's own conversion, as bytes, or as it is. */
export type Parameter = 'text' | 'integer' | 'real' | 'bytes' | 'any'

interface ArgumentTypes {
  text: string
  integer: number
  real: number
  bytes: Uint8Array
  any: SqlValue
}

type Arguments<P extends readonly Parameter[]> = { [K in keyof P]: ArgumentTypes[P[K]] }

export interface SqlFunction<P extends readonly Parameter[] = readonly Parameter[]> {
  name: string
  /** How it is called, for example `split(text, separators, index)`. */
  signature: string
  description: string
  parameters: P
  /** How many of the last parameters may be left out; default 0. */
  optional?: number
  /** Calls with their values: documentation and test at once. */
  examples: readonly (readonly [sql: string, value: SqlValue])[]
  /**
   * Works out the value. Not called when an argument is NULL: then the value is NULL. A `FunctionError` fails the
   * statement with its message.
   */
  run(...args: Arguments<P>): Value
}

/** Declares a function of SQL; the file is its home, its name is its id. */
export function defineFunction<const P extends readonly Parameter[]>(fn: SqlFunction<P>): SqlFunction {
  return fn as unknown as SqlFunction
}

/** An argument with which a function cannot work; the message is for whoever wrote the query. */
export class FunctionError extends Error {
  override name = 'FunctionError'
}
