import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from '../proc/attempt.ts'

/** One structure of the firmware's description of the machine (DMTF DSP0134). */
export interface Structure {
  type: number
  handle: number
  /** Length of the fixed part in bytes, and of the whole with its strings. */
  headerSize: number
  size: number
  bytes: Buffer
  /** Numbers of the fixed part at an offset; null where the structure is too short to have them. */
  byte(offset: number): number | null
  word(offset: number): number | null
  dword(offset: number): number | null
  qword(offset: number): bigint | null
  /** The string whose number stands at an offset; empty for none, null where the structure is too short. */
  string(offset: number): string | null
  strings: string[]
}

const path = '/sys/firmware/dmi/tables/DMI'
const headerLength = 4
const endOfTable = 127

/** The structures that the firmware gives, in its order; none without such firmware, or when the agent may not read them. */
export const structuresOf = (host: Host, scan: Pick<Scan, 'warn' | 'once'>): Structure[] =>
  scan.once('smbios', () => {
    const bytes = attempt(scan, () => host.readBytes(path, 1 << 20))
    return bytes ? parseStructures(Buffer.from(bytes)) : []
  })

/** Those of some types. */
export const structuresOfType = (host: Host, scan: Pick<Scan, 'warn' | 'once'>, type: number): Structure[] =>
  structuresOf(host, scan).filter((structure) => structure.type === type)

/** Reads a table of structures; what is cut off at its end is dropped. */
export function parseStructures(table: Buffer): Structure[] {
  const found: Structure[] = []
  for (let start = 0; start + headerLength <= table.length; ) {
    const [type, headerSize] = [table[start]!, table[start + 1]!]
    const texts = start + headerSize
    if (headerSize < headerLength || texts > table.length) break
    // Strings end with a zero each, all of them with one more; a structure without strings has two zeros.
    let end = texts
    while (end + 1 < table.length && (table[end] !== 0 || table[end + 1] !== 0)) end++
    end = Math.min(end + 2, table.length)
    found.push(structure(table.subarray(start, end), headerSize))
    if (type === endOfTable) break
    start = end
  }
  return found
}

function structure(bytes: Buffer, headerSize: number): Structure {
  const strings = bytes
    .toString('latin1', headerSize)
    .replace(/\0+$/, '')
    .split('\0')
    .filter((text, index, all) => text !== '' || index < all.length - 1)
  const has = (offset: number, length: number) => offset + length <= headerSize
  const byte = (offset: number) => (has(offset, 1) ? bytes[offset]! : null)
  return {
    type: bytes[0]!,
    handle: bytes.readUInt16LE(2),
    headerSize,
    size: bytes.length,
    bytes,
    byte,
    word: (offset) => (has(offset, 2) ? bytes.readUInt16LE(offset) : null),
    dword: (offset) => (has(offset, 4) ? bytes.readUInt32LE(offset) : null),
    qword: (offset) => (has(offset, 8) ? bytes.readBigUInt64LE(offset) : null),
    string(offset) {
      const number = byte(offset)
      if (number === null) return null
      return number === 0 ? '' : (strings[number - 1] ?? '').trim()
    },
    strings,
  }
}
