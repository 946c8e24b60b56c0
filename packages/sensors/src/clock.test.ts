import { expect, test } from 'vitest'
import { BootClock } from './clock.ts'
import type { Libc } from './libc.ts'

const hour = 3_600_000
const second = 1_000_000_000n

/** A machine that was started at `booted` by a clock that may be set. */
function machine(booted: number) {
  const state = { booted, upNanos: 100n * second }
  const libc = {
    clockGettime(clock: number, into: Buffer) {
      const nanos = clock === 0 ? BigInt(state.booted) * 1_000_000n + state.upNanos : state.upNanos
      into.writeBigInt64LE(nanos / second, 0)
      into.writeBigInt64LE(nanos % second, 8)
      return 0
    },
  } as Libc
  return { state, clock: new BootClock(libc) }
}

test.each([
  ['back', -hour],
  ['forward', hour],
])('after the clock was set %s an hour, what happened in order stays in order', (_, step) => {
  const booted = Date.UTC(2026, 0, 1)
  const { state, clock } = machine(booted)
  const before = clock.wallMillis(100n * second)
  expect(before).toBe(booted + 100_000)
  state.booted += step
  state.upNanos = 102n * second
  clock.sample()
  // Two of the moments after it: each second is one, and they are of the new time.
  expect([101n, 102n].map((at) => clock.wallMillis(at * second) - booted - step)).toEqual([101_000, 102_000])
  // A whole that began before it is as long as it was.
  expect(clock.wallMillis(102n * second) - clock.wallMillis(100n * second)).toBe(2000)
  expect(clock.bootNanos(clock.wallMillis(101n * second))).toBe(101n * second)
})
