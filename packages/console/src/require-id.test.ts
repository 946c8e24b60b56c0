import { isNotFound } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { requireId } from './require-id.ts'

test('an id passes', () => {
  expect(() => requireId('3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10')).not.toThrow()
})

test.each(['', 'new', '../x', '3f0d1f0e'])('%j is an address without a page', (id) => {
  try {
    requireId(id)
  } catch (error) {
    expect(isNotFound(error)).toBe(true)
    return
  }
  expect.unreachable()
})
