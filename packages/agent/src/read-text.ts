import { closeSync, openSync, readSync } from 'node:fs'

/** Returns the first `limit` bytes of a file as trimmed text, or an empty string when it cannot be read. */
export function readText(path: string, limit = 64 << 10): string {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.alloc(limit)
    let length = 0
    // Files of /proc come in pieces.
    for (let got = -1; got !== 0 && length < limit; length += got)
      got = readSync(file, bytes, length, limit - length, null)
    return bytes.toString('utf8', 0, length).trim()
  } catch {
    return ''
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
