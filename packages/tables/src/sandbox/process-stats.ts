import { readFileSync, writeFileSync } from 'node:fs'

/** What a process has used, as the kernel counts it. */
export interface ProcessStats {
  /** CPU time of all its threads in milliseconds, in steps of 10. */
  cpuMillis: number
  /** Memory in use, in bytes. */
  memory: number
  /** The most memory in use since it was last reset. */
  peak: number
}

/** Clock ticks a second in /proc; the kernel's interface fixes it at 100 on every architecture that Node.js runs on. */
const TICKS_PER_SECOND = 100
const UTIME = 11
const STIME = 12

/** Reads a process's statistics from /proc; undefined when it is gone, or where there is no /proc. */
export function readProcessStats(pid: number): ProcessStats | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything; fields are counted behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const kib = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024
    return {
      cpuMillis: ((Number(fields[UTIME]) + Number(fields[STIME])) * 1000) / TICKS_PER_SECOND,
      memory: kib('VmRSS'),
      peak: kib('VmHWM'),
    }
  } catch {
    return undefined
  }
}

/** Makes the peak start again from what is in use now. */
export function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Then the peak of the process's whole life is told, which is more, never less.
  }
}
