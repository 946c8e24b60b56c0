import { gunzipSync } from 'node:zlib'

const header = 48
const mask = 0xffff_ffff_ffff_ffffn
// The two primes of the format (DCSO bloom, version 1), which `hashlookup-full.bloom` has.
const generator = 18446744073709550147n
const modulus = 18446744073709551557n

/** A filter: it answers no for certain, and yes with the stated chance of being wrong. */
export interface BloomFilter {
  has(value: string): boolean
  /** How many values it holds, and the chance that a yes is wrong. */
  entries: number
  errorRate: number
}

/**
 * Reads a filter of the DCSO form, gzipped or not: eight bytes each of version, capacity, error rate (a double), number
 * of hashes, bits and entries, little-endian, then the bits in words of 64.
 * @throws Error that says what is wrong with it
 */
export function readBloom(bytes: Buffer): BloomFilter {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: 3e9 }) : bytes
  if (plain.length < header || (plain.readBigUInt64LE(0) & 0xffn) !== 1n)
    throw new Error('it is not a bloom filter of version 1')
  const errorRate = plain.readDoubleLE(16)
  const hashes = Number(plain.readBigUInt64LE(24))
  const size = plain.readBigUInt64LE(32)
  const entries = Number(plain.readBigUInt64LE(40))
  const length = Math.ceil(Number(size) / 64) * 8
  if (!(errorRate > 0 && errorRate < 1) || hashes < 1 || hashes > 64 || size < 1n)
    throw new Error('its header is damaged')
  const bits = plain.subarray(header, header + length)
  if (bits.length !== length) throw new Error('it ends too early')
  return {
    entries,
    errorRate,
    has(value) {
      let hash = fnv1(Buffer.from(value)) % modulus
      for (let i = 0; i < hashes; i++) {
        hash = ((hash * generator) & mask) % modulus
        const bit = hash % size
        if ((bits[Number(bit >> 3n)]! & (1 << Number(bit & 7n))) === 0) return false
      }
      return true
    },
  }
}

/** FNV-1 with 64 bits. */
export function fnv1(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of bytes) hash = ((hash * 0x100000001b3n) & mask) ^ BigInt(byte)
  return hash
}
