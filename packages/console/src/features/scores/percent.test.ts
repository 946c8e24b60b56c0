import { expect, test } from 'vitest'
import { percent } from './percent.ts'

test.each([
  [0, '0.0 %'],
  [1, '100.0 %'],
  [0.0008890469416785206, '0.1 %'],
  [0.0004, '< 0.1 %'],
  [0.9999, '> 99.9 %'],
  [0.08045, '8.0 %'],
])('%d is %s', (share, text) => expect(percent(share)).toBe(text))

test('as exact as asked for', () => expect(percent(0.006257822277847309, 2)).toBe('0.63 %'))
