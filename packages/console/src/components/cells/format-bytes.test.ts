import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [14_230, '14.2 kB'],
  [99_960, '100 kB'],
  [999_600, '1 MB'],
  [5_250_000_000, '5.3 GB'],
  [-2048, '−2 kB'],
  [9e18, '9000 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
