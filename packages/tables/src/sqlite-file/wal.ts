import type { Parts } from '../host/read-parts.ts'

const maxFrames = 1_000_000

/** Where the newest committed version of each page stands in a write-ahead log; empty for a log that holds none. */
export function walPages(wal: Parts, pageSize: number): Map<number, number> {
  const found = new Map<number, number>()
  const header = wal.read(0, 32)
  if (header.length < 32 || ![0x377f0682, 0x377f0683].includes(header.readUInt32BE(0))) return found
  if (header.readUInt32BE(8) !== pageSize) return found
  const salts = header.subarray(16, 24)
  let open: [number, number][] = []
  for (let index = 0; index < maxFrames; index += 1) {
    const offset = 32 + index * (24 + pageSize)
    const frame = wal.read(offset, 24)
    // Frames of an older round bear other salts.
    if (frame.length < 24 || !frame.subarray(8, 16).equals(salts)) break
    open.push([frame.readUInt32BE(0), offset + 24])
    if (frame.readUInt32BE(4) === 0) continue
    for (const [page, place] of open) found.set(page, place)
    open = []
  }
  return found
}
