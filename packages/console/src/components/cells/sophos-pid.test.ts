import { expect, test } from 'vitest'
import { parseSophosPid } from './sophos-pid.ts'

test('reads pid and start exactly', () => {
  const read = parseSophosPid('912:134399668891234567')
  expect(read?.pid).toBe('912')
  expect(read?.startedAt.toISOString()).toBe('2026-11-24T04:08:09.123Z')
})

test.each(['', '912', '912:', 'x:1', '912:12345678901234567890', '1:2:3'])('%j is none', (text) => {
  expect(parseSophosPid(text)).toBeUndefined()
})
