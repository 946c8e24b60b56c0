import { type Hash, mix } from './hash.ts'

/** Up to this many values are kept as a list of 16 bits each, which is smaller than a fuse filter of so few. */
const LISTED = 96
const MOST_SEEDS = 200

/**
 * Makes a filter that says of a value “not here” or “maybe”: wrong in one of 256 cases, never for a value that is here. A binary fuse
 * filter (Graf and Lemire 2022) of 8 bits a place, about 9 bits a value.
 */
export function makeFilter(hashes: readonly Hash[]): Buffer {
  if (hashes.length <= LISTED) {
    const shorts = new Set(hashes.map(([high]) => high & 0xffff))
    const out = Buffer.alloc(1 + shorts.size * 2)
    for (const [index, short] of [...shorts].sort((a, b) => a - b).entries())
      out.writeUInt16LE(short, 1 + index * 2)
    return out
  }
  const { segment, segments } = shapeOf(hashes.length)
  for (let seed = 1; seed < MOST_SEEDS; seed++) {
    const places = fill(hashes, seed, segment, segments)
    if (places === undefined) continue
    const head = Buffer.alloc(5)
    head[0] = 1
    head[1] = seed
    head[2] = Math.log2(segment)
    head.writeUInt16LE(segments, 3)
    return Buffer.concat([head, places])
  }
  // Only values that are there twice could bring it here: then the filter says “maybe” to all.
  return Buffer.from([2])
}

/** Whether the value may be among those that the filter was made of. */
export function mayHold(filter: Buffer, [high, low]: Hash): boolean {
  if (filter[0] === 2) return true
  if (filter[0] === 0) {
    for (let at = 1; at < filter.length; at += 2) if (filter.readUInt16LE(at) === (high & 0xffff)) return true
    return false
  }
  const [, seed, power] = filter
  const segment = 2 ** power!
  const slots = slotsOf(high, low, seed!, segment, filter.readUInt16LE(3))
  return (filter[5 + slots[0]!]! ^ filter[5 + slots[1]!]! ^ filter[5 + slots[2]!]!) === slots[3]
}

function shapeOf(count: number): { segment: number; segments: number } {
  const segment = Math.min(2 ** 16, 2 ** Math.floor(Math.log(count) / Math.log(3.33) + 2.25))
  const factor = Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(count))
  return { segment, segments: Math.max(1, Math.ceil((count * factor) / segment) - 2) }
}

const slots: [number, number, number, number] = [0, 0, 0, 0]

/** The three places of a value, in segments next to each other, and its fingerprint. */
function slotsOf(high: number, low: number, seed: number, segment: number, segments: number) {
  const first = mix(high + Math.imul(seed, 0x9e3779b1))
  const second = mix(low ^ first)
  const base = Math.floor((first / 2 ** 32) * segments * segment)
  slots[0] = base
  slots[1] = (base + segment) ^ (second & (segment - 1))
  slots[2] = (base + 2 * segment) ^ ((second >>> 16) & (segment - 1))
  slots[3] = mix(second + 0x7f4a7c15) & 0xff
  return slots
}

/** Takes away, again and again, a value that is alone at one of its places; backwards, each can then set its place. */
function fill(hashes: readonly Hash[], seed: number, segment: number, segments: number): Buffer | undefined {
  const size = (segments + 2) * segment
  const counts = new Uint32Array(size)
  const values = new Uint32Array(size)
  const at = (value: number) => slotsOf(hashes[value]![0], hashes[value]![1], seed, segment, segments)
  for (let value = 0; value < hashes.length; value++) {
    const places = at(value)
    for (let index = 0; index < 3; index++) {
      counts[places[index]!]!++
      values[places[index]!]! ^= value
    }
  }
  const alone: number[] = []
  for (let place = 0; place < size; place++) if (counts[place] === 1) alone.push(place)
  const taken: [value: number, place: number][] = []
  while (alone.length > 0) {
    const place = alone.pop()!
    if (counts[place] !== 1) continue
    const value = values[place]!
    taken.push([value, place])
    const places = at(value)
    for (let index = 0; index < 3; index++) {
      const other = places[index]!
      counts[other]!--
      values[other]! ^= value
      if (counts[other] === 1) alone.push(other)
    }
  }
  if (taken.length < hashes.length) return undefined
  const bytes = Buffer.alloc(size)
  for (const [value, place] of taken.reverse()) {
    const [a, b, c, fingerprint] = at(value)
    bytes[place] = fingerprint ^ bytes[a]! ^ bytes[b]! ^ bytes[c]! ^ bytes[place]!
  }
  return bytes
}
