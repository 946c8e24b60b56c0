import type { PathLike } from 'node:fs'
import { readdirSync } from 'node:fs'
import type { Entry } from './host.ts'
import { systemError } from './system-error.ts'

// A Linux file name is any bytes. A byte that is no UTF-8 becomes a lone surrogate U+DC80 to U+DCFF in our strings, as Python
// does, so that a file whose name hides from UTF-8 can still be opened; such a byte reaches SQL as U+FFFD.
const escapeBase = 0xdc00

/** Decodes a file name; wrong bytes become lone surrogates. */
export function decodeName(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  if (Buffer.from(text, 'utf8').equals(buffer)) return text
  let result = ''
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at)
    result += length
      ? buffer.toString('utf8', at, at + length)
      : String.fromCharCode(escapeBase + (buffer[at] ?? 0))
    at += length || 1
  }
  return result
}

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none. */
function sequenceLength(buffer: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= buffer.length; length += 1) {
    const part = buffer.subarray(at, at + length)
    const text = part.toString('utf8')
    if (!text.includes('\uFFFD') && Buffer.from(text, 'utf8').equals(part)) return length
  }
  return 0
}

/** The path as `fs` takes it: the string, or its bytes where it holds escaped ones. Throws ENOENT for a NUL. */
export function toFsPath(path: string): PathLike {
  if (path.includes('\0')) throw systemError('ENOENT', path.replaceAll('\0', '\\0'))
  if (path.isWellFormed()) return path
  const parts: Buffer[] = []
  for (const char of path) {
    const code = char.codePointAt(0) ?? 0
    const escaped = code >= escapeBase + 0x80 && code <= escapeBase + 0xff
    parts.push(escaped ? Buffer.from([code - escapeBase]) : Buffer.from(char, 'utf8'))
  }
  return Buffer.concat(parts)
}

/** Names in a folder in order and which of them are folders, wrong bytes escaped. */
export function readEntries(path: string): Entry[] {
  const found: Entry[] = readdirSync(toFsPath(path), { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    folder: entry.isDirectory(),
  }))
  if (!found.some(({ name }) => name.includes('\uFFFD'))) return found.sort(byName)
  const raw = readdirSync(toFsPath(path), { withFileTypes: true, encoding: 'buffer' })
  return raw.map((entry) => ({ name: decodeName(entry.name), folder: entry.isDirectory() })).sort(byName)
}

const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : 1)

/** Names in a folder in no order, wrong bytes escaped. */
export function readNames(path: string): string[] {
  const names = readdirSync(toFsPath(path))
  if (!names.some((name) => name.includes('\uFFFD'))) return names
  return readdirSync(toFsPath(path), { encoding: 'buffer' }).map(decodeName)
}
