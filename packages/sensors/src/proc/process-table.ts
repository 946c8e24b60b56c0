import type { ProcessRef } from '@quarry/schema/events'
import { listPids, readRef } from './process-stat.ts'
import { readProcess, type StartedProcess } from './read-process.ts'

/**
 * What is known of running processes, so that a short-lived one can be told of by what it inherited, and a process need not be read anew
 * for each of its events.
 */
export class ProcessTable {
  #root: string
  #known = new Map<number, StartedProcess>()

  constructor(root: string) {
    this.#root = root
  }

  /** What is known without asking /proc. */
  peek(pid: number): StartedProcess | undefined {
    return this.#known.get(pid)
  }

  /** The process as far as it is known, read from /proc when it is not yet; undefined when it is gone unseen. */
  get(pid: number): StartedProcess | undefined {
    const known = this.#known.get(pid)
    if (known) return known
    const read = pid > 0 ? readProcess(this.#root, pid) : undefined
    if (read) this.#known.set(pid, read)
    return read
  }

  /** The process as others refer to it, read from /proc when it is not known. Process 0 is the kernel. */
  ref(pid: number): ProcessRef | undefined {
    return this.#known.get(pid)?.process ?? readRef(this.#root, pid)
  }

  /**
   * A process was made: it is what its parent was. Its start is what /proc says of it, or, when it is gone already, `ticks`, which may be
   * a step of 10 ms off; nobody can have seen the true one.
   */
  forked(pid: number, parentPid: number, ticks: number): StartedProcess {
    const parent = this.get(parentPid)
    const child: StartedProcess = {
      comm: '',
      path: '',
      cmdLine: '',
      ...(parent ?? { incomplete: true }),
      process: readRef(this.#root, pid) ?? { pid, startTicks: ticks },
      parent: parent?.process,
    }
    this.#known.set(pid, child)
    return child
  }

  set(started: StartedProcess): void {
    this.#known.set(started.process.pid, started)
  }

  ended(pid: number): void {
    this.#known.delete(pid)
  }

  /** Forgets processes whose end was missed. */
  prune(): void {
    const running = new Set(listPids(this.#root))
    for (const pid of this.#known.keys()) if (!running.has(pid)) this.#known.delete(pid)
  }
}
