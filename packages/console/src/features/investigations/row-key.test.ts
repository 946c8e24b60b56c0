import { expect, test } from 'vitest'
import { rowKey } from './row-key.ts'

test('the order of cells does not matter, their type does', () => {
  expect(rowKey({ a: 1, b: null })).toBe(rowKey({ b: null, a: 1 }))
  expect(rowKey({ a: 1 })).not.toBe(rowKey({ a: '1' }))
})
