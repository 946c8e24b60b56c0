import { readFileSync } from 'node:fs'
import type { Libc } from './libc.ts'

const CLOCK_REALTIME = 0
const CLOCK_MONOTONIC = 1
const CLOCK_BOOTTIME = 7

/**
 * Turns moments since boot into wall clock. The distance of both clocks is measured anew by `sample`, before each read of events, so
 * that a clock that was set gives later events the new time.
 */
export class BootClock {
  #libc: Libc | undefined
  #buffer = Buffer.alloc(16)
  #offsetNanos = 0n

  constructor(libc: Libc | undefined) {
    this.#libc = libc
    this.sample()
  }

  sample(): void {
    const boot = this.#read(CLOCK_BOOTTIME)
    this.#offsetNanos = this.#read(CLOCK_REALTIME) - boot
  }

  /** Milliseconds since 1970 of a moment in nanoseconds since boot (CLOCK_BOOTTIME). */
  wallMillis(bootNanos: bigint): number {
    return Number((bootNanos + this.#offsetNanos) / 1_000_000n)
  }

  /** The other way: nanoseconds since boot of a moment in milliseconds since 1970. */
  bootNanos(wallMillis: number): bigint {
    return BigInt(Math.round(wallMillis * 1e6)) - this.#offsetNanos
  }

  #read(clock: number): bigint {
    if (this.#libc?.clockGettime(clock, this.#buffer) === 0)
      return this.#buffer.readBigInt64LE(0) * 1_000_000_000n + this.#buffer.readBigInt64LE(8)
    // Without the C library: as fine as /proc/uptime, which is 10 ms.
    if (clock === CLOCK_REALTIME) return BigInt(Date.now()) * 1_000_000n
    return BigInt(Math.round(Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * 1e9))
  }
}

/** CLOCK_BOOTTIME − CLOCK_MONOTONIC in nanoseconds: how long this machine slept since it was started. */
export function sleptNanos(libc: Libc): bigint {
  const buffer = Buffer.alloc(32)
  libc.clockGettime(CLOCK_MONOTONIC, buffer.subarray(0, 16))
  libc.clockGettime(CLOCK_BOOTTIME, buffer.subarray(16))
  const nanos = (offset: number) =>
    buffer.readBigInt64LE(offset) * 1_000_000_000n + buffer.readBigInt64LE(offset + 8)
  const difference = nanos(16) - nanos(0)
  // Both were read one after the other; a machine that slept did so for longer than that.
  return difference < 1_000_000n ? 0n : difference
}
