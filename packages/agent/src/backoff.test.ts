import { expect, test } from 'vitest'
import { reconnect, waitBefore } from './backoff.ts'

test('waits from 0.2 s to 60 s, at least half of it', () => {
  expect(waitBefore(reconnect, 0, 0)).toBe(100)
  expect(waitBefore(reconnect, 0, 1)).toBe(200)
  expect(waitBefore(reconnect, 3, 1)).toBe(675)
  expect(waitBefore(reconnect, 1000, 0)).toBe(30_000)
  expect(waitBefore(reconnect, 1000, 1)).toBe(60_000)
})
