import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { processIds, startMillis } from './process-ids.ts'

test.each([
  [134_000_000_000_000_000n, 0],
  [134_000_000_009_950_000n, 1],
  [133_999_999_999_999_999n, 123_456_789],
  [134_123_456_789_012_345n, 3_153_600_000],
])('counts as BigInt does: boot %s, %i steps', (boot, startTicks) => {
  const ids = processIds(boot)
  expect(ids({ pid: 7, startTicks })).toBe(`7:${boot + BigInt(startTicks) * 100_000n}`)
})

test('the kernel is 0:0', () => {
  expect(processIds(134_000_000_000_000_000n)({ pid: 0, startTicks: 0 })).toBe('0:0')
})

test('gives the start back in milliseconds', () => {
  const seconds = Number(
    execFileSync('date', ['-u', '-d', '2026-11-24T08:00:00Z', '+%s'], { encoding: 'utf8' }),
  )
  const boot = (BigInt(seconds) + 11_644_473_600n) * 10_000_000n
  expect(startMillis(processIds(boot)({ pid: 4_000_000, startTicks: 250 }))).toBe(seconds * 1000 + 2500)
  expect(startMillis('rubbish')).toBeNaN()
})
