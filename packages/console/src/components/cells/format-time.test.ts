import { expect, test } from 'vitest'
import { dateOf, formatLocal, formatUtc, formatWhen } from './format-time.ts'

test('writes UTC from unix seconds', () => {
  expect(formatUtc(dateOf(1_795_493_289)!)).toBe('2026-11-24 04:08:09 UTC')
})

test('writes local time in the order that sorts', () => {
  expect(formatLocal(new Date(2026, 0, 5, 7, 8, 9))).toBe('2026-01-05 07:08:09')
})

test.each([0, -1, 1e12])('%d is not a moment', (seconds) => {
  expect(dateOf(seconds)).toBeUndefined()
})

test('names the day only when it is another one', () => {
  const now = new Date(2026, 10, 24, 12)
  expect(formatWhen(new Date(2026, 10, 24, 14, 5), now)).toBe('14:05')
  expect(formatWhen(new Date(2026, 10, 25, 9, 0), now)).toBe('25 Nov 09:00')
})
