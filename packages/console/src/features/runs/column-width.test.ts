import { expect, test } from 'vitest'
import { columnWidth } from './column-width.ts'

test('the header always fits', () => {
  expect(columnWidth('number', 'remote_port', [])).toBeGreaterThan(80)
  expect(columnWidth('number', 'a_name_that_is_longer_than_any_value_below_it', ['1'])).toBeGreaterThan(320)
})

test('a long value gets room, but not all of it', () => {
  const short = columnWidth('text', 'name', ['sshd'])
  const long = columnWidth('text', 'name', ['sshd', 'a much longer name of a program'])
  expect(long).toBeGreaterThan(short)
  expect(columnWidth('path', 'path', ['/'.repeat(500)])).toBe(320)
})

test('a column of unknown scores is narrower than one with badges', () => {
  expect(columnWidth('score', 'ml', ['-1', '-1'])).toBeLessThan(columnWidth('score', 'ml', ['-1', '85']))
})
