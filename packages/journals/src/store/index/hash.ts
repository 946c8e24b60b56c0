import type { KeptValue } from '../types.ts'

/** Two independent hashes of 32 bits each. */
export type Hash = [high: number, low: number]

/** Hashes a value for the filters: by the text that it has in SQL. */
export function hashOf(value: KeptValue): Hash {
  const text = String(value)
  let high = 0x9747b28c
  let low = 0x3c6ef372
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0x5bd1e995)
    high ^= high >>> 15
    low = Math.imul(low + code, 0x85ebca6b)
    low ^= low >>> 13
  }
  return [mix(high ^ text.length), mix(low ^ Math.imul(text.length, 0x27d4eb2f))]
}

/** Spreads the bits of a number over all others. */
export function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x7feb352d)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
