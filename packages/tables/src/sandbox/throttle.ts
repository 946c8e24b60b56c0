/** How much CPU time may be used at once before the share counts, in milliseconds. */
const BURST_MILLIS = 1000

/** Decides when a process has to pause, so that over time it uses no more than its share of one CPU. */
export interface Throttle {
  /**
   * Takes the CPU time used so far and the time now (both in milliseconds) and says whether the process should be paused.
   */
  paused(cpuMillis: number, now: number): boolean
}

/** A bucket that fills with the share and is emptied by use; it starts full. */
export function openThrottle(share: number, cpuMillis: number, now: number): Throttle {
  let tokens = BURST_MILLIS
  let cpuBefore = cpuMillis
  let nowBefore = now
  return {
    paused(cpu, time) {
      tokens = Math.min(BURST_MILLIS, tokens + (time - nowBefore) * share) - (cpu - cpuBefore)
      cpuBefore = cpu
      nowBefore = time
      return tokens < 0
    },
  }
}
