import type { Cell } from '@quarry/schema'
import { expect, test } from 'vitest'
import type { Format } from './formats.ts'
import { rowWriter } from './row-writer.ts'

function write(format: Format, names: string[], ...rows: Cell[][]): string {
  let text = ''
  const writer = rowWriter(format, (part) => {
    text += part
  })
  writer.columns(names)
  for (const row of rows) writer.row(row)
  writer.end()
  return text
}

test('a table lines up numbers at the right, text at the left, and shows what is missing', () => {
  expect(write('table', ['pid', 'name'], [1, 'init'], [12345, null])).toBe(
    'pid    name\n─────  ────\n    1  init\n12345  −\n'.replace('pid  ', 'pid  '),
  )
})

test('control characters of a device do not reach the terminal', () => {
  expect(write('table', ['a'], ['x\u001b[2Jy\nz'])).toContain('x�[2Jy�z')
})

test('JSON is one array, an empty one too', () => {
  expect(JSON.parse(write('json', ['a', 'a'], [1, 'x'], [2, null]))).toEqual([
    { a: 1, a_2: 'x' },
    { a: 2, a_2: null },
  ])
  expect(write('json', ['a'])).toBe('[]\n')
})

test('JSON lines are an object a line', () => {
  expect(write('jsonl', ['a'], [1], ['"'])).toBe('{"a":1}\n{"a":"\\""}\n')
})

test('CSV has a header and is safe against formulas', () => {
  expect(write('csv', ['a'], ['=1+1'])).toBe("a\r\n'=1+1\r\n")
})
