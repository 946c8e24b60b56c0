import { nearest } from '@quarry/sql/nearest'
import { expect, test } from 'vitest'
import { toColumnType } from './affinity.ts'

test.each([
  ['1', 'integer', 1],
  [' 42 ', 'bigint', 42],
  ['+7', 'bigint', 7],
  ['1.5', 'integer', 1.5],
  ['1e3', 'bigint', 1000],
  ['9223372036854775807', 'bigint', 9223372036854775807n],
  ['0x10', 'integer', '0x10'],
  ['', 'integer', ''],
  ['abc', 'double', 'abc'],
  [5, 'text', '5'],
  [9007199254740993n, 'text', '9007199254740993'],
  [null, 'text', null],
  ['1', 'blob', '1'],
] as const)('%s for a column of type %s is %s', (value, type, result) => {
  expect(toColumnType(value, type)).toEqual(result)
})

test.each([
  ['proceses', 'processes'],
  ['PROCESSES', 'processes'],
  ['usres', 'users'],
  ['hahs', 'hash'],
  ['something_else', undefined],
])('the name nearest to %s is %s', (word, name) => {
  expect(nearest(word, ['processes', 'users', 'hash', 'process_open_files'])).toBe(name)
})
