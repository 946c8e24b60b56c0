import { expect, test } from 'vitest'
import { inCategory } from './in-category.ts'

const network = [{ id: '1', name: 'Network', code: 'network' }]

test('a query belongs to its categories, and every query to none in particular', () => {
  const query = { type: 'canned', categories: network } as const
  expect(inCategory({ ...query, categories: [...network] }, 'network')).toBe(true)
  expect(inCategory({ ...query, categories: [...network] }, 'files')).toBe(false)
  expect(inCategory({ ...query, categories: [] }, undefined)).toBe(true)
})

test('a custom query is found under Custom too, a shipped one is not', () => {
  expect(inCategory({ type: 'custom', categories: [...network] }, 'custom')).toBe(true)
  expect(inCategory({ type: 'canned', categories: [...network] }, 'custom')).toBe(false)
})
