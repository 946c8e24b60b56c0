import { expect, test } from 'vitest'
import { formatClock, formatDuration } from './format-duration.ts'

test.each([
  [0, '0 ms'],
  [0.4, '< 1 ms'],
  [340.4, '340 ms'],
  [999.6, '1 s'],
  [1_440, '1.4 s'],
  [12_400, '12 s'],
  [59_960, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [11_400_000, '3 h 10 min'],
  [187_200_000, '2 d 4 h'],
  [-1_500, '−1.5 s'],
])('%d ms are %s', (millis, text) => {
  expect(formatDuration(millis)).toBe(text)
})

test.each([
  [-5, '0:00'],
  [7_900, '0:07'],
  [760_000, '12:40'],
  [3_729_000, '1:02:09'],
])('a clock shows %d ms as %s', (millis, text) => {
  expect(formatClock(millis)).toBe(text)
})
