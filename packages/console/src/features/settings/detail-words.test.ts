import { expect, test } from 'vitest'
import { detailWords } from './detail-words.ts'

test('stands on one line', () => {
  expect(
    detailWords({
      name: 'Ada',
      sql: 'SELECT 1\n  FROM x',
      devices: 3,
      target: { all: true },
      none: undefined,
    }),
  ).toBe('name: Ada, sql: SELECT 1 FROM x, devices: 3, target: {"all":true}')
})

test('nothing is nothing', () => {
  expect(detailWords({})).toBe('')
})
