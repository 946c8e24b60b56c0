import type { Kept } from '@quarry/schema/define-journal'
import { needleText } from '../row-text.ts'
import type { KeptValue } from '../types.ts'
import { FITS, planesOf, toPlanes, unzigzag, zigzag } from './numbers.ts'

/** How the values of a dictionary are written; the rest (NULL, whatever has no such form) goes beside it as JSON. */
export type Form = 'text' | 'integer' | 'bytes32' | 'bytes4' | 'pair'

export interface PackedDictionary {
  form: Form
  count: number
  /** Values that have no such form, by their place, as JSON: `null`, `"…"`, `{"n":"…"}`. */
  odd: [place: number, json: string][]
  streams: Buffer[]
}

/** Values by their id, made when they are asked for. */
export interface Dictionary {
  count: number
  valueAt(id: number): KeptValue
  /** Ids of the values that are wanted. */
  find(values: ReadonlySet<KeptValue>): number[]
}

/** Finds values by looking at each. */
export function findEach(
  count: number,
  valueAt: (id: number) => KeptValue,
  values: ReadonlySet<KeptValue>,
): number[] {
  const found: number[] = []
  for (let id = 0; id < count; id++) if (values.has(valueAt(id))) found.push(id)
  return found
}

/** Packs the distinct values of a column, in the order of their first appearance. */
export function packDictionary(values: readonly KeptValue[], kept: Kept): PackedDictionary {
  const form = formOf(values, kept)
  const odd: [number, string][] = []
  const fitting: KeptValue[] = []
  for (const [place, value] of values.entries()) {
    if (fits(value, form)) fitting.push(value)
    else odd.push([place, needleText(value)])
  }
  return { form, count: values.length, odd, streams: packers[form](fitting as never) }
}

/** Reads what `packDictionary` wrote. */
export function openDictionary(packed: PackedDictionary): Dictionary {
  const { count, odd } = packed
  const fitting = openers[packed.form](packed.streams, count - odd.length)
  if (odd.length === 0) return { count, valueAt: fitting, find: (values) => findEach(count, fitting, values) }
  const oddValues = new Map(odd.map(([place, json]) => [place, fromJson(json)]))
  const places = new Int32Array(count)
  for (let place = 0, fitting = 0; place < count; place++)
    places[place] = oddValues.has(place) ? -1 : fitting++
  const valueAt = (id: number) => (places[id]! < 0 ? oddValues.get(id)! : fitting(places[id]!))
  return { count, valueAt, find: (values) => findEach(count, valueAt, values) }
}

export function fromJson(json: string): KeptValue {
  const value = JSON.parse(json) as KeptValue | { n: string }
  return typeof value === 'object' && value !== null ? BigInt(value.n) : value
}

function formOf(values: readonly KeptValue[], kept: Kept): Form {
  if (kept === 'integer') return 'integer'
  if (kept === 'sha256') return 'bytes32'
  if (kept === 'address') return 'bytes4'
  return values.every((value) => value === null || value === '' || fits(value, 'pair')) ? 'pair' : 'text'
}

const HASH = /^[0-9a-f]{64}$/
const IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/
const PAIR = /^(0|[1-9]\d{0,14}):(0|[1-9]\d{0,14})$/

function fits(value: KeptValue, form: Form): boolean {
  if (form === 'integer')
    return Number.isInteger(value) && Math.abs(value as number) < FITS && !Object.is(value, -0)
  if (typeof value !== 'string') return false
  if (form === 'bytes32') return value.length === 64 && HASH.test(value)
  if (form === 'bytes4')
    return value.length <= 15 && IPV4.test(value) && value.split('.').every((part) => Number(part) < 256)
  if (form === 'pair') return value.length <= 31 && PAIR.test(value)
  return value.isWellFormed()
}

const packers = {
  text(values: string[]) {
    const bytes = Buffer.from(values.join(''), 'utf8')
    return [toPlanes(values.map((value) => Buffer.byteLength(value))), bytes]
  },
  integer: (values: number[]) => [
    toPlanes(values.map((value, index) => zigzag(value - (values[index - 1] ?? 0)))),
  ],
  bytes32: (values: string[]) => [Buffer.from(values.join(''), 'hex')],
  bytes4: (values: string[]) => [Buffer.from(values.flatMap((value) => value.split('.').map(Number)))],
  pair(values: string[]) {
    const pairs = values.map((value) => value.split(':').map(Number) as [number, number])
    return [0, 1].map((side) =>
      toPlanes(pairs.map((pair, index) => zigzag(pair[side]! - (pairs[index - 1]?.[side] ?? 0)))),
    )
  },
}

const openers: Record<Form, (streams: Buffer[], count: number) => (place: number) => KeptValue> = {
  text([lengths, bytes], count) {
    const ends = planesOf(lengths!, count)
    for (let place = 1; place < count; place++) ends[place]! += ends[place - 1]!
    return (place) => bytes!.toString('utf8', place === 0 ? 0 : ends[place - 1]!, ends[place])
  },
  integer: ([planes], count) => {
    const values = sums(planes!, count)
    return (place) => values[place]!
  },
  bytes32:
    ([bytes]) =>
    (place) =>
      bytes!.toString('hex', place * 32, place * 32 + 32),
  bytes4:
    ([bytes]) =>
    (place) =>
      bytes!.subarray(place * 4, place * 4 + 4).join('.'),
  pair([left, right], count) {
    const [lefts, rights] = [sums(left!, count), sums(right!, count)]
    return (place) => `${lefts[place]}:${rights[place]}`
  },
}

function sums(planes: Buffer, count: number): Float64Array {
  const values = planesOf(planes, count)
  let sum = 0
  for (let place = 0; place < count; place++) {
    sum += unzigzag(values[place]!)
    values[place] = sum
  }
  return values
}
