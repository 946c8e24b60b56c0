import { expect, test } from 'vitest'
import { CellList } from './cell-list.ts'

test.each([
  [[1, -1, 2 ** 31 - 1, -(2 ** 31)], 16],
  [[1, 2 ** 31, 0.5, -0, Number.MAX_SAFE_INTEGER, Number.NaN], 48],
  [[1, 2, null, 'text', 9007199254740993n, undefined], 48],
  [[1, 0.5, 'text'], 24],
])('values of list %# come back as they are', (values, bytes) => {
  const list = new CellList(8)
  let taken = 0
  for (const [place, value] of values.entries()) taken += list.set(place, value)
  expect(values.map((_, place) => list.at(place))).toEqual(values)
  expect(Object.is(list.at(3), -0)).toBe(Object.is(values[3], -0))
  expect(taken).toBe(bytes)
})
