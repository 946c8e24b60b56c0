import { expect, test } from 'vitest'
import { safeReturn } from './safe-return.ts'

test('an address of the console is kept with its search', () => {
  expect(safeReturn('/devices?online=true')).toBe('/devices?online=true')
})

test.each([
  undefined,
  '',
  '/',
  '/sign-in?from=/x',
  '/password',
  '//evil.example/x',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
])('%j leads to Live Discover', (from) => {
  expect(safeReturn(from)).toBe('/live-discover')
})
