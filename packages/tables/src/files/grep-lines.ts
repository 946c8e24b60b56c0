/** A longer line is cut: its row shows this many bytes from its beginning or from shortly before what was found. */
const maxLineBytes = 64 << 10
const newline = 10

export interface FoundLine {
  /** Counted from 1. */
  number: number
  line: string
}

/**
 * Finds the lines of a file that hold a text, exactly and with its case; an empty text finds every line. Works on bytes, so that
 * binary files are searched as they are. Memory stays bounded: of a line longer than 64 KiB each further piece that holds the text
 * counts as a line with the same number.
 */
export function* grepLines(chunks: Iterable<Uint8Array>, pattern: string): Generator<FoundLine> {
  const wanted = Buffer.from(pattern, 'utf8')
  let number = 1
  let rest: Buffer = Buffer.alloc(0)
  for (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk)
    const end = bytes.lastIndexOf(newline) + 1
    const found = matches(bytes.subarray(0, end), wanted, number)
    yield* found.lines
    number = found.next
    rest = Buffer.from(bytes.subarray(end))
    if (rest.length <= maxLineBytes) continue
    if (rest.includes(wanted)) yield { number, line: text(rest) }
    // What is kept may hold the beginning of the text.
    rest = rest.subarray(Math.max(0, rest.length - wanted.length + 1))
  }
  if (rest.length > 0 && rest.includes(wanted)) yield { number, line: text(rest) }
}

/** The lines in whole lines of bytes; jumps from find to find and cuts no line that does not match. */
function matches(bytes: Buffer, wanted: Buffer, first: number): { lines: FoundLine[]; next: number } {
  const lines: FoundLine[] = []
  let number = first
  let counted = 0
  for (let at = bytes.indexOf(wanted); at >= 0 && at < bytes.length; ) {
    const start = at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1
    const end = bytes.indexOf(newline, at)
    number += newlines(bytes, counted, start)
    counted = start
    if (end < 0) break
    // A text with a newline in it is on no line.
    if (at + wanted.length <= end) lines.push({ number, line: text(bytes.subarray(start, end)) })
    at = bytes.indexOf(wanted, end + 1)
  }
  return { lines, next: number + newlines(bytes, counted, bytes.length) }
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = bytes.indexOf(newline, from); at >= 0 && at < to; at = bytes.indexOf(newline, at + 1))
    count += 1
  return count
}

const text = (bytes: Buffer) =>
  bytes.toString('utf8', 0, bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length)
