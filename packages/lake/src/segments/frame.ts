// A batch as bytes of a segment: length, crc32, head (JSON), rows. The crc covers all that follows it.
import { crc32 } from 'node:zlib'
import type { Batch } from '../batch.ts'

const fixed = 12 // u32 length of what follows the crc, u32 crc, u32 length of the head

/** The bytes of a batch. */
export function encodeFrame({ rows, ...rest }: Batch): Buffer {
  const head = Buffer.from(JSON.stringify(rest))
  const frame = Buffer.allocUnsafe(fixed + head.length + rows.length)
  frame.writeUInt32LE(frame.length - 8, 0)
  frame.writeUInt32LE(head.length, 8)
  head.copy(frame, fixed)
  rows.copy(frame, fixed + head.length)
  frame.writeUInt32LE(crc32(frame.subarray(8)), 4)
  return frame
}

/** The batches of a segment, up to the first frame that is cut off or whose crc is wrong: from there on nothing was acknowledged. */
export function* decodeFrames(segment: Buffer): Generator<Batch> {
  for (let at = 0; at + fixed <= segment.length; ) {
    const end = at + 8 + segment.readUInt32LE(at)
    if (end > segment.length || end < at + fixed) return
    if (crc32(segment.subarray(at + 8, end)) !== segment.readUInt32LE(at + 4)) return
    const rows = at + fixed + segment.readUInt32LE(at + 8)
    const head = JSON.parse(segment.toString('utf8', at + fixed, rows)) as Omit<Batch, 'rows'>
    yield { ...head, rows: segment.subarray(rows, end) }
    at = end
  }
}
