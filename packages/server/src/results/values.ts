import type { Cell, ColumnType } from '@quarry/schema'

/** A value as SQLite keeps it. Numbers that are whole are bound as BigInt, so that they stay integers. */
export type Stored = string | number | bigint | Buffer | null

const maxInteger = 2n ** 63n - 1n
const minInteger = -(2n ** 63n)

/**
 * Turns a value from the wire into the one to store.
 * An integer beyond 64 bits (an unsigned one) is stored as its decimal text.
 * @returns the value, or `undefined` when it is none that the wire knows
 */
export function toStored(value: unknown, type: ColumnType): Stored | undefined {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null
    return type !== 'double' && Number.isSafeInteger(value) ? BigInt(value) : value
  }
  if (typeof value !== 'object') return undefined
  const { i, b } = value as { i?: unknown; b?: unknown }
  if (typeof i === 'string' && /^-?\d{1,20}$/.test(i)) {
    const integer = BigInt(i)
    return integer > maxInteger || integer < minInteger ? i : integer
  }
  if (typeof b === 'string') return Buffer.from(b, 'base64')
  return undefined
}

/** Turns a stored value (read with safe integers) into a cell: large integers as decimal text, blobs as base64. */
export function toCell(value: unknown): Cell {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value as Cell
}
