import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const LEVEL = 12
/** Compressed this much at a time, so that a step of compaction stays short. */
const CHUNK = 2 ** 19
/** Less than this does not pay for a frame. */
const SMALL = 48

const params = {
  [constants.ZSTD_c_compressionLevel]: LEVEL,
  [constants.ZSTD_c_contentSizeFlag]: 1,
  [constants.ZSTD_c_checksumFlag]: 0,
}

/** Where a stream lies within its column: raw length, and the stored length of each of its chunks. */
export type StreamPlace = [raw: number, ...stored: number[]]

/** Compresses a stream; pauses after each chunk. */
export function* packStream(bytes: Buffer, out: Buffer[]): Generator<void, StreamPlace> {
  const place: StreamPlace = [bytes.length]
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const raw = bytes.subarray(from, Math.min(bytes.length, from + CHUNK))
    const packed = raw.length < SMALL ? raw : zstdCompressSync(raw, { params })
    const stored = packed.length < raw.length ? packed : Buffer.from(raw)
    out.push(stored)
    place.push(stored.length)
    yield
  }
  return place
}

/** Reads streams one after the other from the bytes of a column. */
export function unpackStreams(bytes: Buffer, places: readonly StreamPlace[]): Buffer[] {
  let at = 0
  return places.map(([raw, ...stored]) => {
    const chunks = stored.map((length, index) => {
      const chunk = bytes.subarray(at, at + length)
      at += length
      const size = Math.min(CHUNK, raw - index * CHUNK)
      return length === size ? chunk : zstdDecompressSync(chunk, { maxOutputLength: size })
    })
    const stream = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    if (stream.length !== raw) throw new Error(`a stream of ${stream.length} bytes instead of ${raw}`)
    return stream
  })
}
