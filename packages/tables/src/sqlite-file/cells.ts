import { readVarint } from './varint.ts'

const maxPayload = 64 << 20

/** Bytes of a page that hold content. */
export const usableSize = (pageSize: number, reserved: number): number => pageSize - reserved

/** Reads the cell of a table's leaf, following its overflow pages. Throws a RangeError where it is damaged or larger than 64 MiB. */
export function readCell(
  bytes: Buffer,
  at: number,
  usable: number,
  page: (number: number) => Buffer,
): { rowid: number; payload: Buffer } {
  const length = readVarint(bytes, at)
  const id = readVarint(bytes, length.end)
  const size = length.value
  if (size > maxPayload) throw new RangeError('A row is too large.')
  const local = localSize(size, usable)
  const start = id.end
  const pieces = [bytes.subarray(start, start + local)]
  let left = size - local
  let next = left > 0 ? bytes.readUInt32BE(start + local) : 0
  while (left > 0) {
    const more = page(next)
    next = more.readUInt32BE(0)
    pieces.push(more.subarray(4, 4 + Math.min(left, usable - 4)))
    left -= usable - 4
  }
  return { rowid: id.value, payload: Buffer.concat(pieces) }
}

/** How much of a payload the page itself keeps. */
function localSize(size: number, usable: number): number {
  const most = usable - 35
  if (size <= most) return size
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const part = least + ((size - least) % (usable - 4))
  return part <= most ? part : least
}
