import { readText } from '../proc/proc-file.ts'

/**
 * Tells the end of a process from the ends of its threads. A process ends with its last thread, which need not be its first; only
 * where there may be others is /proc asked.
 */
export class ProcessEnds {
  #root: string
  /** Processes that made threads. */
  #threaded = new Set<number>()
  /** Processes whose first thread ended before others, with the status of the last that did. */
  #lingering = new Map<number, number>()

  constructor(root: string) {
    this.#root = root
  }

  threadMade(pid: number): void {
    this.#threaded.add(pid)
  }

  /** A thread that is not the first started a program: it takes the first one's place, which ended for that. */
  execed(pid: number): void {
    this.#lingering.delete(pid)
    this.#threaded.delete(pid)
  }

  /**
   * A thread ended. Returns whether its process did.
   * @param seenStart whether the process was made before our eyes, so that all its threads are known.
   */
  threadEnded(pid: number, leader: boolean, status: number, seenStart: boolean): boolean {
    const waits = this.#lingering.has(pid)
    if (!leader && !waits) return false
    if (leader && seenStart && !this.#threaded.has(pid)) return true
    if (!this.#hasThreads(pid)) return this.#end(pid)
    this.#lingering.set(pid, status)
    return false
  }

  /** Processes that have ended since, with their status; asked about once a second. */
  *settle(): Generator<[pid: number, status: number]> {
    for (const [pid, status] of [...this.#lingering])
      if (!this.#hasThreads(pid)) {
        this.#end(pid)
        yield [pid, status]
      }
  }

  #end(pid: number): true {
    this.#threaded.delete(pid)
    this.#lingering.delete(pid)
    return true
  }

  /** Whether a process whose first thread has ended has others that run. */
  #hasThreads(pid: number): boolean {
    const status = readText(`${this.#root}/proc/${pid}/status`)
    return Number(/^Threads:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0) > 1
  }
}
