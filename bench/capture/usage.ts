import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The kernel counts CPU time in /proc in steps of 10 ms. */
const ticksPerSecond = 100
const everyMillis = 500

/** What a process and all its children have used. */
export interface Usage {
  cpuSeconds: number
  /** Memory with what is shared divided among those who share it. */
  pssMiB: number
  rssMiB: number
  processes: number
}

/** Reads the usage of a process and of everything below it. CPU time of ended children is counted with their parents. */
export function usageOf(pid: number): Usage {
  const usage = { cpuSeconds: 0, pssMiB: 0, rssMiB: 0, processes: 0 }
  for (const one of family(pid)) {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, 'latin1')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const memory = readFileSync(`/proc/${one}/smaps_rollup`, 'latin1')
      const mib = (name: string) =>
        Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(memory)?.[1] ?? 0) / 1024
      // utime, stime, cutime, cstime
      for (const field of fields.slice(11, 15)) usage.cpuSeconds += Number(field) / ticksPerSecond
      usage.pssMiB += mib('Pss')
      usage.rssMiB += mib('Rss')
      usage.processes++
    } catch {
      // It has ended.
    }
  }
  return usage
}

/** Processes below one, and itself. */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
    return [pid, ...children.split(' ').filter(Boolean).map(Number).flatMap(family)]
  } catch {
    return []
  }
}

/** Processes for questions below an agent. A minute after the last question there is none. */
export function sandboxesOf(agent: number): number[] {
  return family(agent).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/sandbox/child.ts')
    } catch {
      return false
    }
  })
}

/** Watches the usage while something is done: CPU time in that time, and the most memory. */
export async function measure(pid: number, work: () => Promise<void>): Promise<Usage> {
  const before = usageOf(pid)
  let most = before
  let done = false
  const watching = (async () => {
    while (!done) {
      const now = usageOf(pid)
      if (now.pssMiB > most.pssMiB) most = now
      await sleep(everyMillis)
    }
  })()
  await work()
  const after = usageOf(pid)
  done = true
  await watching
  return { ...most, cpuSeconds: after.cpuSeconds - before.cpuSeconds }
}
