import { fnv1 } from '../offline/bloom.ts'

/** Writes a filter of the DCSO form (version 1) that holds these values. */
export function bloomFile(values: readonly string[], bits = 4096, hashes = 7): Buffer {
  const file = Buffer.alloc(48 + bits / 8)
  file.writeBigUInt64LE(1n, 0)
  file.writeBigUInt64LE(BigInt(values.length + 10), 8)
  file.writeDoubleLE(0.001, 16)
  file.writeBigUInt64LE(BigInt(hashes), 24)
  file.writeBigUInt64LE(BigInt(bits), 32)
  file.writeBigUInt64LE(BigInt(values.length), 40)
  const modulus = 18446744073709551557n
  for (const value of values) {
    let hash = fnv1(Buffer.from(value)) % modulus
    for (let i = 0; i < hashes; i++) {
      hash = BigInt.asUintN(64, hash * 18446744073709550147n) % modulus
      const bit = Number(hash % BigInt(bits))
      file[48 + (bit >> 3)]! |= 1 << (bit & 7)
    }
  }
  return file
}
