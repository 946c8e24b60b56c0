import { closeSync, fstatSync, readSync } from 'node:fs'

/** Bytes that a file read whole may have before it is cut. */
export const defaultReadLimit = 16 << 20
const chunkSize = 64 << 10
/** A longer line comes in pieces of this many bytes. */
const maxLineBytes = 1 << 20
const newline = 10

// Reading is synchronous and never nested, so one buffer serves the small files of /proc.
const scratch = Buffer.allocUnsafeSlow(chunkSize)

/** Reads an open file to its end or to `limit` bytes, and closes it. */
export function readAll(fd: number, limit: number): Buffer {
  try {
    let filled = readSync(fd, scratch, 0, Math.min(chunkSize, limit), null)
    let buffer: Buffer = Buffer.from(scratch.subarray(0, filled))
    // The rest of a large file goes straight to its place: copies of pieces cost more than reading them.
    if (filled === chunkSize) buffer = grown(buffer, Math.min(fstatSync(fd).size, limit))
    while (filled < limit) {
      const full = filled === buffer.length
      const into = full ? scratch : buffer
      const count = readSync(
        fd,
        into,
        full ? 0 : filled,
        Math.min(full ? chunkSize : buffer.length - filled, limit - filled),
        null,
      )
      if (count === 0) break
      if (full) {
        // A file of /proc says size 0, and a file may grow.
        buffer = grown(buffer, Math.max(2 * filled, filled + chunkSize))
        scratch.copy(buffer, filled, 0, count)
      }
      filled += count
    }
    return buffer.subarray(0, filled)
  } finally {
    closeSync(fd)
  }
}

function grown(buffer: Buffer, size: number): Buffer {
  if (size <= buffer.length) return buffer
  const larger = Buffer.allocUnsafeSlow(size)
  buffer.copy(larger)
  return larger
}

/** Yields an open file in chunks, each valid until the next is pulled, and closes it. */
export function* readChunks(fd: number, size = chunkSize): Generator<Buffer> {
  try {
    const buffer = Buffer.allocUnsafeSlow(size)
    for (;;) {
      const count = readSync(fd, buffer, 0, size, null)
      if (count === 0) return
      yield buffer.subarray(0, count)
    }
  } finally {
    closeSync(fd)
  }
}

/** Yields the lines of a file from its chunks, without `\n` or `\r\n`. */
export function* splitLines(chunks: Iterable<Buffer>): Generator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline)
    if (end >= 0) {
      // All lines of a chunk become text at once, which costs far less than one by one.
      const whole = chunk.subarray(0, end)
      const text = (rest.length > 0 ? Buffer.concat([rest, whole]) : whole).toString('utf8')
      for (const line of text.split('\n')) yield withoutReturn(line)
      rest = Buffer.alloc(0)
    }
    if (end + 1 === chunk.length) continue
    rest = Buffer.concat([rest, chunk.subarray(end + 1)])
    if (rest.length < maxLineBytes) continue
    yield rest.toString('utf8')
    rest = Buffer.alloc(0)
  }
  if (rest.length > 0) yield withoutReturn(rest.toString('utf8'))
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)
