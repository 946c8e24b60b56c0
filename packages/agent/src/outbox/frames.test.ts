import { AgentMessage } from '@quarry/schema/agent/messages'
import type { WireValue } from '@quarry/schema/agent/query'
import { expect, test } from 'vitest'
import { batchFrame, splitRows } from './frames.ts'

const runId = '7a0d3cf4-95a4-4c3c-8d2f-0e5f0b8b6a01'
const columns = [{ name: 'n', type: 'bigint' as const, origin: 't.n' }]

test('a frame is a message of the contract', () => {
  const rows = [[{ i: '9223372036854775807' }], [{ b: 'AAE=' }], [null], ['a "quote"\n']]
  const [piece] = splitRows(rows, columns).pieces
  const frame = batchFrame({ runId, sequence: 1, columns, ...(piece && { rows: piece }) })
  expect(AgentMessage.parse(JSON.parse(frame))).toEqual({ type: 'batch', runId, sequence: 1, columns, rows })
})

test('rows beyond one frame are split in order, none lost, every piece within its bound', () => {
  const rows: WireValue[][] = Array.from({ length: 1000 }, (_, index) => [index, 'ä'.repeat(index % 90)])
  const { pieces, tooLarge } = splitRows(rows, columns, 4096)
  expect(tooLarge).toBe(0)
  expect(pieces.length).toBeGreaterThan(10)
  for (const piece of pieces)
    expect(Buffer.byteLength(batchFrame({ runId, sequence: 999_999, columns, rows: piece }))).toBeLessThan(
      4096,
    )
  expect(pieces.flatMap((piece) => JSON.parse(piece))).toEqual(rows)
})

test('a row that no frame can hold is counted and left out, its neighbours stay', () => {
  const { pieces, tooLarge } = splitRows([[1], ['x'.repeat(5000)], [2]], undefined, 4096)
  expect(tooLarge).toBe(1)
  expect(pieces.flatMap((piece) => JSON.parse(piece))).toEqual([[1], [2]])
})

test('no rows give no piece', () => {
  expect(splitRows([])).toEqual({ pieces: [], tooLarge: 0 })
})
