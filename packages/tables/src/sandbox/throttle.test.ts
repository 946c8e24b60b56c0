import { expect, test } from 'vitest'
import { openThrottle } from './throttle.ts'

test('a second of CPU is free, then only the share', () => {
  const throttle = openThrottle(0.25, 500, 0)
  expect(throttle.paused(1400, 900)).toBe(false)
  // 1,000 − 900 + a little, and another 400 used: over.
  expect(throttle.paused(2000, 1300)).toBe(true)
  // Paused for 4 seconds, a quarter of them comes back.
  expect(throttle.paused(2000, 5300)).toBe(false)
})

test('what is not used does not add up beyond the burst', () => {
  const throttle = openThrottle(0.5, 0, 0)
  expect(throttle.paused(0, 100_000)).toBe(false)
  expect(throttle.paused(1100, 100_000)).toBe(true)
})
