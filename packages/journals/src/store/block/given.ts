import type { KeptValue } from '../types.ts'
import { FITS, planesOf, toPlanes, unzigzag, zigzag } from './numbers.ts'

/** What a number is written as the difference to: nothing, the one before, the seconds of its row. */
export type Base = 'zero' | 'before' | 'seconds'

export interface PackedNumbers {
  base: Base
  /** All of them are multiples of it. */
  unit: number
  odd: [place: number, json: string][]
  planes: Buffer
}

const BASES: readonly Base[] = ['zero', 'before', 'seconds']
const MOST_ODD = 64

/** Packs integers one by one, where that is likely to be shorter than a dictionary; undefined where it is not. */
export function packNumbers(
  dictionary: readonly KeptValue[],
  given: Int32Array,
  secondsOf: (index: number) => number,
): PackedNumbers | undefined {
  const odd: [number, string][] = []
  const values: number[] = []
  const seconds: number[] = []
  for (const [index, id] of given.entries()) {
    const value = dictionary[id]!
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      Math.abs(value) < FITS &&
      !Object.is(value, -0)
    ) {
      values.push(value)
      seconds.push(secondsOf(index))
    } else if (value !== null || odd.push([index, 'null']) > MOST_ODD) return undefined
  }
  if (values.length < 16) return undefined
  const candidates = BASES.map((base) => {
    const differences = values.map(
      (value, index) => value - baseOf(base, values[index - 1] ?? 0, seconds[index]!),
    )
    const unit = Math.max(
      1,
      differences.reduce((unit, value) => gcd(unit, Math.abs(value)), 0),
    )
    const folded = differences.map((value) => zigzag(value / unit))
    return { base, unit, folded, bits: bitsOf(folded) }
  })
  const best = candidates.reduce((a, b) => (b.bits < a.bits ? b : a))
  const repeated = given.length - dictionary.length
  // Of a dictionary each repetition costs the bits of its place, each value once those of the value.
  const dictionaryBits =
    repeated * Math.log2(dictionary.length + 1) + dictionary.length * (best.bits / values.length)
  if (best.bits >= dictionaryBits) return undefined
  return { base: best.base, unit: best.unit, odd, planes: toPlanes(best.folded) }
}

/** Reads what `packNumbers` wrote; `count` values in all. */
export function unpackNumbers(
  packed: PackedNumbers,
  count: number,
  secondsOf: (index: number) => number,
): KeptValue[] {
  const { base, unit, odd, planes } = packed
  const folded = planesOf(planes, count - odd.length)
  const strange = new Map(odd)
  const values = new Array<KeptValue>(count)
  let before = 0
  let next = 0
  for (let index = 0; index < count; index++) {
    const json = strange.get(index)
    if (json !== undefined) values[index] = JSON.parse(json) as KeptValue
    else {
      before =
        unzigzag(folded[next++]!) * unit + baseOf(base, before, base === 'seconds' ? secondsOf(index) : 0)
      values[index] = before
    }
  }
  return values
}

function baseOf(base: Base, before: number, seconds: number): number {
  return base === 'before' ? before : base === 'seconds' ? seconds : 0
}

function bitsOf(values: readonly number[]): number {
  let bits = 0
  for (const value of values) bits += 1 + Math.log2(value + 1)
  return bits
}

function gcd(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}
