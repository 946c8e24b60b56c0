import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['proceses', 'processes'],
  ['PROCESSES', 'processes'],
  ['usres', 'users'],
  ['zzz', undefined],
  ['completely_else', undefined],
])('%s is nearest to %s', (name, expected) => {
  expect(nearest(name, ['users', 'processes', 'process_envs', 'time'])).toBe(expected)
})
