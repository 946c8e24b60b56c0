import { inflateRawSync } from 'node:zlib'
import type { Parts } from '../host/read-parts.ts'

const endSize = 22
const maxComment = 65_535
const maxDirectory = 16 << 20
const stored = 0
const deflated = 8

/**
 * Reads one entry of a zip archive such as a jar, by its exact name; undefined where the archive has none, is damaged, or the entry
 * is larger than `limit` bytes. Reads the directory and that entry alone (APPNOTE.TXT of PKWARE, without zip64).
 */
export function zipEntry(parts: Parts, name: string, limit: number): Buffer | undefined {
  const tail = parts.read(Math.max(0, parts.size - endSize - maxComment), endSize + maxComment)
  const end = tail.lastIndexOf('PK\x05\x06', tail.length - endSize, 'latin1')
  if (end < 0) return undefined
  const size = tail.readUInt32LE(end + 12)
  if (size > maxDirectory) return undefined
  const directory = parts.read(tail.readUInt32LE(end + 16), size)
  try {
    const wanted = Buffer.from(name)
    for (let at = 0; directory.toString('latin1', at, at + 4) === 'PK\x01\x02'; ) {
      const nameLength = directory.readUInt16LE(at + 28)
      if (wanted.equals(directory.subarray(at + 46, at + 46 + nameLength)))
        return content(parts, directory.subarray(at), limit)
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    }
  } catch {
    // Cut short, or packed in a way that zlib does not know.
  }
  return undefined
}

function content(parts: Parts, entry: Buffer, limit: number): Buffer | undefined {
  const method = entry.readUInt16LE(10)
  const packed = entry.readUInt32LE(20)
  if (packed > limit || entry.readUInt32LE(24) > limit) return undefined
  const offset = entry.readUInt32LE(42)
  const header = parts.read(offset, 30)
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const bytes = parts.read(start, packed)
  if (method === stored) return bytes
  return method === deflated ? inflateRawSync(bytes, { maxOutputLength: limit }) : undefined
}
