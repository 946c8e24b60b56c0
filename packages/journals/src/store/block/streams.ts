import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const LEVEL = 12
/** Compressed this much at a time, so that a step of compaction stays short. */
const CHUNK = 2 ** 19
/** Less than this does not pay for a frame. */
const SMALL = 48
/** Streams of one part that are this many bytes at most are compressed as one. */
const TOGETHER = 2 ** 14

/** Each call is given a buffer for its whole output, else it takes 64 KiB; zlib wants at least so much. */
const LEAST = 64

const params = {
  [constants.ZSTD_c_compressionLevel]: LEVEL,
  [constants.ZSTD_c_contentSizeFlag]: 1,
  [constants.ZSTD_c_checksumFlag]: 0,
}

/** Where a stream lies within its part: raw length, and the stored length of each of its chunks. */
export type StreamPlace = [raw: number, ...stored: number[]]

/** The streams of a part as they are stored. */
export interface StreamPlaces {
  places: StreamPlace[]
  /** Raw lengths of the streams that `places` has as one, where they are small: each frame costs time to open. */
  together?: number[]
}

/** Compresses streams; pauses after each chunk. */
export function* packStreams(streams: readonly Buffer[], out: Buffer[]): Generator<void, StreamPlaces> {
  const places: StreamPlace[] = []
  const total = streams.reduce((sum, { length }) => sum + length, 0)
  if (streams.length > 1 && total <= TOGETHER) {
    places.push(yield* packStream(Buffer.concat(streams), out))
    return { places, together: streams.map(({ length }) => length) }
  }
  for (const stream of streams) places.push(yield* packStream(stream, out))
  return { places }
}

function* packStream(bytes: Buffer, out: Buffer[]): Generator<void, StreamPlace> {
  const place: StreamPlace = [bytes.length]
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const raw = bytes.subarray(from, Math.min(bytes.length, from + CHUNK))
    const { length } = raw
    const packed =
      length < SMALL
        ? raw
        : zstdCompressSync(raw, { params, pledgedSrcSize: length, chunkSize: length + LEAST })
    const stored = packed.length < length ? packed : Buffer.from(raw)
    out.push(stored)
    place.push(stored.length)
    yield
  }
  return place
}

/** Reads streams one after the other from the bytes of a part. */
export function unpackStreams(bytes: Buffer, { places, together }: StreamPlaces): Buffer[] {
  let at = 0
  const streams = places.map(([raw, ...stored]) => {
    const chunks = stored.map((length, index) => {
      const chunk = bytes.subarray(at, at + length)
      at += length
      const size = Math.min(CHUNK, raw - index * CHUNK)
      if (length === size) return chunk
      return zstdDecompressSync(chunk, { maxOutputLength: size, chunkSize: Math.max(size, LEAST) })
    })
    const stream = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    if (stream.length !== raw) throw new Error(`a stream of ${stream.length} bytes instead of ${raw}`)
    return stream
  })
  if (together === undefined) return streams
  let from = 0
  return together.map((length) => {
    const stream = streams[0]!.subarray(from, from + length)
    from += length
    return stream
  })
}
