import type { Layout } from './layout.ts'
import type { KeptValue } from './types.ts'

/**
 * A row as JSON, an array in the order of the layout, so that it costs little while the host is busy. JSON keeps NUL bytes and lone
 * surrogates by escapes; an integer beyond ±(2^53 − 1) becomes `{"n":"…"}`.
 */
export function rowToText(layout: Layout, row: Record<string, KeptValue | undefined>): string {
  const values: unknown[] = []
  for (const { name } of layout.columns) {
    const value = row[name]
    values.push(value === undefined ? null : typeof value === 'bigint' ? wideInteger(value) : value)
  }
  return JSON.stringify(values)
}

/** Reads what `rowToText` wrote. */
export function textToRow(text: string): KeptValue[] {
  const values = JSON.parse(text) as (KeptValue | { n: string })[]
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (typeof value === 'object' && value !== null) values[index] = BigInt(value.n)
  }
  return values as KeptValue[]
}

/** The text by which a value is found within a row's text. */
export function needleText(value: KeptValue): string {
  return JSON.stringify(typeof value === 'bigint' ? wideInteger(value) : value)
}

/** A value as it is read back: an integer within ±(2^53 − 1) is a number. */
export function plainInteger(value: KeptValue): KeptValue {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function wideInteger(value: bigint): number | { n: string } {
  const plain = plainInteger(value)
  return typeof plain === 'number' ? plain : { n: value.toString() }
}
