import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { expect, test } from 'vitest'
import { rangeVariables, spanOf, withSpan } from './time-range.ts'

const moment = (name: string): QueryVariable => ({ name, dataType: 'dateTime' })

test.each([
  [['start_time', 'end_time'], { from: 'start_time', to: 'end_time' }],
  [
    ['Begin Search on date', 'End Search on date'],
    { from: 'Begin Search on date', to: 'End Search on date' },
  ],
  [['since'], { from: 'since', to: undefined }],
  [['from', 'until'], { from: 'from', to: 'until' }],
  [['birthday'], undefined],
  [['end'], undefined],
])('%j holds the range %j', (names, expected) => {
  expect(rangeVariables(names.map(moment))).toEqual(expected)
})

test('a text is no moment', () => {
  expect(rangeVariables([{ name: 'start', dataType: 'text' }])).toBeUndefined()
})

test('a span is typed into both, and read back', () => {
  const range = { from: 'start', to: 'end' }
  const typed = withSpan({ path: '/tmp' }, range, '-7d')
  expect(typed).toEqual({ path: '/tmp', start: '-7d', end: 'now' })
  expect(spanOf(typed, range)).toBe('-7d')
  expect(spanOf({ ...typed, end: '2026-11-24' }, range)).toBeUndefined()
  expect(spanOf({ start: '2026-11-24' }, { from: 'start', to: undefined })).toBeUndefined()
})
