import { expect, test } from 'vitest'
import {
  addFilter,
  filterFor,
  isArrivalOrder,
  removeFilter,
  selectionOf,
  sortKeys,
  sortParam,
} from './selection.ts'

test('an address becomes what the API takes', () => {
  expect(selectionOf({})).toEqual({})
  expect(
    selectionOf({ q: 'ssh', sort: ['a:asc', 'b:desc'], filter: [{ column: 'p', op: 'eq', value: 22 }] }),
  ).toEqual({ search: 'ssh', sort: 'a:asc,b:desc', filter: '[{"column":"p","op":"eq","value":22}]' })
})

test('only without sort, filter and search do rows come in the order of arrival', () => {
  expect(isArrivalOrder({ tab: 'devices', columns: ['^a'] })).toBe(true)
  expect(isArrivalOrder({ q: 'x' })).toBe(false)
  expect(isArrivalOrder({ sort: ['a:asc'] })).toBe(false)
})

test('sort keys go into the address and come back', () => {
  const keys = [
    { id: 'a:b', desc: true },
    { id: 'c', desc: false },
  ]
  expect(sortParam(keys)).toEqual(['a:b:desc', 'c:asc'])
  expect(sortKeys(sortParam(keys))).toEqual(keys)
  expect(sortParam([])).toBeUndefined()
})

test('filters are added once and removed by place', () => {
  const one = filterFor('path', '/bin/sh', true)
  const two = filterFor('path', null, false)
  expect(addFilter(addFilter([one], two), one)).toEqual([two, one])
  expect(removeFilter([one, two], 0)).toEqual([{ column: 'path', op: 'notNull' }])
  expect(removeFilter([one], 0)).toBeUndefined()
})

test('NULL and empty text are different values to filter by', () => {
  expect(filterFor('a', null, true)).toEqual({ column: 'a', op: 'isNull' })
  expect(filterFor('a', '', true)).toEqual({ column: 'a', op: 'eq', value: '' })
  expect(filterFor('a', '9007199254740993', false)).toEqual({
    column: 'a',
    op: 'ne',
    value: '9007199254740993',
  })
})
