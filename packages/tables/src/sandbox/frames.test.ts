import { expect, test } from 'vitest'
import { decodeFrames, encodeFrame, type Frame } from './frames.ts'

const frames: Frame[] = [
  { ready: true },
  { rows: [['é😀', 1, null, { i: '9223372036854775807' }]], bytes: 40 },
  { rows: [['x'.repeat(100_000)]], bytes: 100_005 },
]

async function read(chunks: Iterable<Buffer>) {
  const got: Frame[] = []
  async function* pipe() {
    yield* chunks
  }
  for await (const frame of decodeFrames(pipe())) got.push(frame)
  return got
}

test.each([1, 3, 7, 4096, 1 << 20])('frames come whole out of pieces of %i bytes', async (size) => {
  const bytes = Buffer.concat(frames.map(encodeFrame))
  // Pieces of one byte only for the short frames.
  const part = size < 100 ? bytes.subarray(0, 200) : bytes
  const chunks = Array.from({ length: Math.ceil(part.length / size) }, (_, index) =>
    part.subarray(index * size, (index + 1) * size),
  )
  expect(await read(chunks)).toEqual(size < 100 ? frames.slice(0, 2) : frames)
})

test('a frame that is cut off is dropped', async () => {
  const bytes = Buffer.concat(frames.map(encodeFrame))
  expect(await read([bytes.subarray(0, bytes.length - 1)])).toEqual(frames.slice(0, 2))
})
