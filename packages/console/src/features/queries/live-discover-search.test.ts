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

test('keeps the device that is asked', () => {
  const device = '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10'
  expect(parseLiveDiscover({ device })).toEqual({ device })
  expect(parseLiveDiscover({ device: 'vm' })).toEqual({})
})

test('drops what it does not know', () => {
  expect(parseLiveDiscover({ category: { a: 1 }, search: '', other: 'x' })).toEqual({})
})
