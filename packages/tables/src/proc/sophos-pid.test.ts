import { expect, test } from 'vitest'
import { pidOf, sophosPid, startFiletime, unixSeconds } from './sophos-pid.ts'

const boot = 134_399_346_400_000_001n

test('adds whole ticks to the boot time, exactly', () => {
  expect(sophosPid(7, boot, 0n)).toBe('7:134399346400000001')
  expect(sophosPid(7, boot, 123_456_789n)).toBe('7:134411692078900001')
})

test('gives unix seconds, rounded down', () => {
  expect(unixSeconds(116_444_736_000_000_000n)).toBe(0)
  expect(unixSeconds(116_444_736_019_999_999n)).toBe(1)
  expect(unixSeconds(startFiletime(116_444_736_000_000_000n, 250n))).toBe(2)
})

test.each([
  ['12:134399346400000001', 12],
  ['0:0', 0],
  ['12', undefined],
  ["12:1' OR", undefined],
  ['99999999999:1', undefined],
])('finds the pid in %s', (text, pid) => {
  expect(pidOf(text)).toBe(pid)
})
