import type { SensorEvent } from '@quarry/schema/events'
import { listPids, readStat } from './process-stat.ts'
import { describeProcess, readCmdLine } from './read-process.ts'

/** Compares readings of /proc: tells processes that are new, that run another program, and that are gone. */
export class ProcessPoller {
  #root: string
  #emit: (event: SensorEvent) => void
  #known = new Map<number, { startTicks: number; comm: string }>()
  #first = true

  constructor(root: string, emit: (event: SensorEvent) => void) {
    this.#root = root
    this.#emit = emit
  }

  /** Reads /proc once; what the first reading shows is `found`. */
  poll(): void {
    const running = new Set<number>()
    const at = Date.now()
    for (const pid of listPids(this.#root)) {
      const stat = readStat(this.#root, pid)
      if (!stat || stat.zombie) continue
      running.add(pid)
      const before = this.#known.get(pid)
      if (before?.startTicks === stat.startTicks && before.comm === stat.comm) continue
      if (before && before.startTicks !== stat.startTicks) this.#gone(pid, before.startTicks, at)
      this.#known.set(pid, { startTicks: stat.startTicks, comm: stat.comm })
      const started = describeProcess(this.#root, stat, readCmdLine(this.#root, pid))
      this.#emit({ type: 'exec', at, ...(this.#first && { found: true }), ...started })
    }
    for (const [pid, { startTicks }] of this.#known) if (!running.has(pid)) this.#gone(pid, startTicks, at)
    this.#first = false
  }

  #gone(pid: number, startTicks: number, at: number) {
    this.#known.delete(pid)
    this.#emit({ type: 'exit', at, process: { pid, startTicks } })
  }
}
