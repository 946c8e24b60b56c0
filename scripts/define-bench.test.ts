import { expect, test } from 'vitest'
import { median, percentile } from './define-bench.ts'

test('the median of an even number is the mean of the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([7])).toBe(7)
})

test('a percentile is interpolated', () => {
  expect(percentile([10, 20, 30], 0.95)).toBeCloseTo(29, 9)
})
