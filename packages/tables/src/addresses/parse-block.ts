import { parseAddress } from './parse-address.ts'

/** A block of addresses: those that share its first bits. */
export interface Block {
  bytes: Uint8Array
  bits: number
}

/** Reads a block such as `10.0.0.0/8`; undefined when the text is none. Bits behind the prefix do not matter. */
export function parseBlock(text: string): Block | undefined {
  const [, address, digits] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? []
  const bytes = parseAddress(address ?? '')
  const bits = Number(digits)
  return bytes && bits <= bytes.length * 8 ? { bytes, bits } : undefined
}

/** Whether an address lies in a block; never when it is of the other family. */
export function inBlock({ bytes, bits }: Block, address: Uint8Array): boolean {
  if (address.length !== bytes.length) return false
  return bytes.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8))
    const mask = (0xff << (8 - kept)) & 0xff
    return (byte & mask) === (address[index]! & mask)
  })
}
