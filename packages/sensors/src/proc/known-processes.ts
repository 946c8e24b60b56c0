import type { SensorEvent } from '@quarry/schema/events'

interface Known {
  startTicks: number
  path: string
  /** Wall clock of when /proc showed it, for one that was found there. */
  foundAt?: number
}

/**
 * Which processes run as far as the events tell, so that /proc need only add what they did not: bounded by the processes that run,
 * since the reading of /proc after a loss drops those that are gone.
 */
export class KnownProcesses {
  #known = new Map<number, Known>()

  /** Learns from an event. False: it says again what /proc has shown already, and need not be told. */
  note(event: SensorEvent): boolean {
    if (!event.process) return true
    const { pid, startTicks } = event.process
    if (event.type === 'exit') {
      if (this.#known.get(pid)?.startTicks === startTicks) this.#known.delete(pid)
    } else if (event.type === 'exec' || event.type === 'fork') {
      const before = this.#known.get(pid)
      if (before?.startTicks === startTicks && isOld(event, before)) return false
      this.#known.set(pid, {
        startTicks,
        path: event.path,
        ...(event.type === 'exec' && event.found && { foundAt: event.at }),
      })
    }
    return true
  }

  /** Whether the events told of this process with this program. */
  has(process: { pid: number; startTicks: number }, path: string): boolean {
    const known = this.#known.get(process.pid)
    return known?.startTicks === process.startTicks && (known.path === path || path === '')
  }

  /** Processes that should run and do not, given those that do (by pid, with their start). */
  gone(running: ReadonlyMap<number, number>): { pid: number; startTicks: number }[] {
    return [...this.#known]
      .filter(([pid, { startTicks }]) => running.get(pid) !== startTicks)
      .map(([pid, { startTicks }]) => ({ pid, startTicks }))
  }
}

/** An event from before the moment when /proc was read, which waited in a queue meanwhile. */
const isOld = (event: SensorEvent & { type: 'exec' | 'fork' }, known: Known) =>
  known.foundAt !== undefined &&
  event.at <= known.foundAt &&
  (event.type === 'fork' || event.path === known.path)
