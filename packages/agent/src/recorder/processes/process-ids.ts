import type { ProcessRef } from '@quarry/schema/events'

const ticksPerSecond = 10_000_000
/** FILETIME ticks in one step of `startTicks`, 10 ms. */
const ticksPerStep = 100_000

export type ProcessIds = (process: ProcessRef) => string

/**
 * Makes the `sophos_pid` of a process, `<pid>:<start>`, equal to that of the live tables; the kernel is `0:0`. It is asked for each
 * event, so it counts in seconds and a remainder, which doubles hold exactly, and not in BigInt.
 * @param bootFiletime wall clock at boot in FILETIME ticks: `host.bootFiletime()`
 */
export function processIds(bootFiletime: bigint): ProcessIds {
  const bootSeconds = Number(bootFiletime / BigInt(ticksPerSecond))
  const bootRest = Number(bootFiletime % BigInt(ticksPerSecond))
  return ({ pid, startTicks }) => {
    if (pid === 0) return '0:0'
    const ticks = bootRest + startTicks * ticksPerStep
    const seconds = Math.floor(ticks / ticksPerSecond)
    return `${pid}:${bootSeconds + seconds}${String(ticks - seconds * ticksPerSecond).padStart(7, '0')}`
  }
}

/** Milliseconds since 1970 of the start that a `sophos_pid` names; NaN when the text is none. */
export function startMillis(id: string): number {
  const ticks = id.slice(id.indexOf(':') + 1)
  // Milliseconds are 10,000 ticks; 1601 lies 11,644,473,600 s before 1970.
  return Number(ticks.slice(0, -4)) - 11_644_473_600_000
}
