import { expect, test } from 'vitest'
import { parseStructures } from './structures.ts'

const structure = (type: number, body: number[], text = '\0\0') =>
  Buffer.concat([Buffer.from([type, 4 + body.length, 5, 1, ...body]), Buffer.from(text, 'latin1')])

test('reads numbers and strings, and knows where the fixed part ends', () => {
  const [first, second, ...more] = parseStructures(
    Buffer.concat([
      structure(1, [1, 2, 3], 'one\0two \0\0'),
      structure(2, [9]),
      structure(127, []),
      Buffer.alloc(8),
    ]),
  )
  expect(first).toMatchObject({ type: 1, handle: 0x105, headerSize: 7, size: 17, strings: ['one', 'two '] })
  expect([first!.string(4), first!.string(5), first!.string(6), first!.string(7)]).toEqual([
    'one',
    'two',
    '',
    null,
  ])
  expect([first!.byte(6), first!.word(6), first!.dword(4), first!.qword(4)]).toEqual([3, null, null, null])
  expect(second).toMatchObject({ type: 2, strings: [], size: 7 })
  expect(second!.byte(4)).toBe(9)
  expect(more.map(({ type }) => type)).toEqual([127])
})

test('a table that is cut off or broken ends early', () => {
  expect(parseStructures(Buffer.alloc(0))).toEqual([])
  expect(parseStructures(Buffer.from([1, 3, 0, 0, 0, 0]))).toEqual([])
  expect(parseStructures(structure(1, [1], 'endless').subarray(0, 9)).map(({ type }) => type)).toEqual([1])
  expect(parseStructures(Buffer.from([1, 200, 0, 0, 0, 0]))).toEqual([])
})
