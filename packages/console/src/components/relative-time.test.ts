import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = new Date('2026-11-24T12:00:00.000Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)

test.each([
  [0, 'just now'],
  [44, 'just now'],
  [-30, 'just now'],
  [50, '1 min ago'],
  [5 * 60, '5 min ago'],
  [59.6 * 60, '1 h ago'],
  [3 * 3600, '3 h ago'],
  [-2 * 3600, 'in 2 h'],
  [23.6 * 3600, '1 d ago'],
  [12 * 86_400, '12 d ago'],
  [61 * 86_400, '24 Sept 2026'],
])('%d seconds ago is %j', (seconds, words) => {
  expect(relativeTime(before(seconds), now)).toBe(words)
})

test('a moment that is no date is unknown', () => {
  expect(relativeTime(new Date('soon'), now)).toBe('unknown')
})
