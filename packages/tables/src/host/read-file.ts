import { closeSync, readSync } from 'node:fs'

/** Bytes that a file read whole may have before it is cut. */
export const defaultReadLimit = 16 << 20
const chunkSize = 64 << 10
/** A longer line comes in pieces of this many bytes. */
const maxLineBytes = 1 << 20
const newline = 10
const carriageReturn = 13

// Reading is synchronous and never nested, so one buffer serves the small files of /proc.
const scratch = Buffer.allocUnsafeSlow(chunkSize)

/** Reads an open file to its end or to `limit` bytes, and closes it. */
export function readAll(fd: number, limit: number): Buffer {
  try {
    const parts: Buffer[] = []
    let size = 0
    while (size < limit) {
      const count = readSync(fd, scratch, 0, Math.min(chunkSize, limit - size), null)
      if (count === 0) break
      parts.push(Buffer.from(scratch.subarray(0, count)))
      size += count
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, size)
  } finally {
    closeSync(fd)
  }
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
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const piece = chunk.subarray(start, end)
      yield lineText(rest.length > 0 ? Buffer.concat([rest, piece]) : piece)
      rest = Buffer.alloc(0)
      start = end + 1
    }
    if (start === chunk.length) continue
    rest = Buffer.concat([rest, chunk.subarray(start)])
    if (rest.length < maxLineBytes) continue
    yield rest.toString('utf8')
    rest = Buffer.alloc(0)
  }
  if (rest.length > 0) yield lineText(rest)
}

function lineText(bytes: Buffer): string {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length
  return bytes.toString('utf8', 0, end)
}
