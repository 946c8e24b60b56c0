import { expect, test } from 'vitest'
import { keepDensity, keepLayout, readDensity, readLayout } from './kept-layout.ts'

/** What `localStorage` does, for a process that has none; `full` refuses like a browser whose quota is used up. */
function storage(full = false): Storage {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      held.set(key, value)
    },
  } as unknown as Storage
}

test('each query has its own columns', () => {
  const kept = storage()
  keepLayout(kept, 'a', { columns: ['^epName'], widths: { path: 300 } })
  expect(readLayout(kept, 'a')).toEqual({ columns: ['^epName'], widths: { path: 300 } })
  expect(readLayout(kept, 'b')).toEqual({ widths: {} })
})

test('what another version left behind is no error', () => {
  const kept = storage()
  kept.setItem('quarry.columns.a', '{"widths":{"path":"wide"}}')
  kept.setItem('quarry.columns.b', 'not JSON')
  kept.setItem('quarry.density', '"tiny"')
  expect(readLayout(kept, 'a')).toEqual({ widths: {} })
  expect(readLayout(kept, 'b')).toEqual({ widths: {} })
  expect(readDensity(kept)).toBe('normal')
})

test('the density is remembered, and a full storage is no error', () => {
  const kept = storage()
  keepDensity(kept, 'compact')
  expect(readDensity(kept)).toBe('compact')
  expect(() => keepDensity(storage(true), 'compact')).not.toThrow()
})
