import { expect, test } from 'vitest'
import { filterInput, filterOps, filterText, filterWords, parseFilterValue } from './filter-words.ts'

test.each([
  ['text', 'eq', ' 22 ', { value: ' 22 ' }],
  ['text', 'eq', '', { value: '' }],
  ['number', 'ge', ' 1024 ', { value: 1024 }],
  ['number', 'lt', '-1.5', { value: -1.5 }],
  ['number', 'eq', '9007199254740993', { value: '9007199254740993' }],
  ['number', 'eq', 'https', { error: '“https” is not a number.' }],
  ['number', 'eq', '', { error: '“” is not a number.' }],
  ['number', 'in', '443\n\n 80 ', { value: [443, 80] }],
  ['number', 'in', '443\nx', { error: '“x” is not a number.' }],
  ['text', 'in', '  \n', { error: 'Write one value a line.' }],
  ['text', 'isNull', 'left over', {}],
  ['time', 'ge', '2026-11-24T04:08:09Z', { value: 1_795_493_289 }],
  ['time', 'ge', '', { error: 'Give a date and a time.' }],
] as const)('reads %s %s %j', (input, op, text, parsed) => {
  expect(parseFilterValue(input, op, text)).toEqual(parsed)
})

test('a filter can be edited: what was typed comes back', () => {
  const typed = '2026-11-24T05:08:09'
  const parsed = parseFilterValue('time', 'ge', typed) as { value: number }
  expect(filterText('time', { column: 'time', op: 'ge', value: parsed.value })).toBe(typed)
  expect(filterText('number', { column: 'p', op: 'in', value: [443, 80] })).toBe('443\n80')
  expect(filterText('text', { column: 'p', op: 'isNull' })).toBe('')
})

test.each([
  [{ column: 'remote_port', op: 'ge', value: 1024 }, 'number', 'remote_port ≥ 1024'],
  [{ column: 'path', op: 'contains', value: 'tmp' }, 'text', 'path contains “tmp”'],
  [{ column: 'path', op: 'eq', value: '' }, 'text', 'path is “”'],
  [{ column: 'path', op: 'isNull' }, 'text', 'path is NULL'],
  [{ column: 'p', op: 'in', value: [1, 2, 3, 4, 5] }, 'number', 'p is one of 1, 2, 3 and 2 more'],
  [{ column: 'time', op: 'eq', value: 0 }, 'number', 'time = 0'],
] as const)('writes %j', (filter, input, words) => {
  expect(filterWords(structuredClone(filter) as never, input)).toBe(words)
})

test('offers what fits the type of the column', () => {
  expect(filterInput({ name: 'a', type: 'bigint' }, 'time')).toBe('time')
  expect(filterInput({ name: 'a', type: 'text' }, 'time')).toBe('text')
  expect(filterOps('text')[0]?.op).toBe('contains')
  expect(filterOps('number').map(({ op }) => op)).toContain('le')
})
