import { expect, test } from 'vitest'
import { toggleSort } from './sort.ts'

const asc = (id: string) => ({ id, desc: false })
const desc = (id: string) => ({ id, desc: true })

test('a click goes from ascending to descending to none', () => {
  expect(toggleSort([], 'a', false)).toEqual([asc('a')])
  expect(toggleSort([asc('a')], 'a', false)).toEqual([desc('a')])
  expect(toggleSort([desc('a')], 'a', false)).toEqual([])
})

test('a click on another column replaces the order', () => {
  expect(toggleSort([asc('a'), desc('b')], 'c', false)).toEqual([asc('c')])
})

test('with Shift a column joins, turns in its place and leaves', () => {
  expect(toggleSort([asc('a')], 'b', true)).toEqual([asc('a'), asc('b')])
  expect(toggleSort([asc('a'), asc('b')], 'a', true)).toEqual([desc('a'), asc('b')])
  expect(toggleSort([desc('a'), asc('b')], 'a', true)).toEqual([asc('b')])
})
