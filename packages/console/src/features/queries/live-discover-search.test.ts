import { expect, test } from 'vitest'
import { parseLiveDiscover } from './live-discover-search.ts'

test('keeps category and search', () => {
  expect(parseLiveDiscover({ category: 'network', search: 'open ports' })).toEqual({
    category: 'network',
    search: 'open ports',
  })
})

test('a search for a number stays a search', () => {
  expect(parseLiveDiscover({ search: 4444 })).toEqual({ search: '4444' })
})

test('drops what it does not know', () => {
  expect(parseLiveDiscover({ category: { a: 1 }, search: '', other: 'x' })).toEqual({})
})
