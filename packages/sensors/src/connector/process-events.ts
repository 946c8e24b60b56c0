import type { SensorEvent } from '@quarry/schema/events'
import type { ProcessTable } from '../proc/process-table.ts'
import { type ConnectorEvent, exitCodeOf } from './parse-event.ts'
import { ProcessEnds } from './process-ends.ts'

const TICK_NANOS = 10_000_000n

export interface ProcessEventsOptions {
  root: string
  table: ProcessTable
  emit(event: SensorEvent): void
  wallMillis(bootNanos: bigint): number
  /** CLOCK_BOOTTIME − CLOCK_MONOTONIC, in nanoseconds: the time that the machine slept. */
  sleptNanos(): bigint
  /** Takes a process that started a program, absent where another source does; `ticks` stands for a start that /proc cannot tell. */
  execed?(pid: number, at: number, ticks: number): void
}

/** Turns what the process connector tells into forks and exits, and keeps the table of processes. */
export class ProcessEvents {
  #options: ProcessEventsOptions
  #ends: ProcessEnds

  constructor(options: ProcessEventsOptions) {
    this.#options = options
    this.#ends = new ProcessEnds(options.root)
  }

  take(event: ConnectorEvent): void {
    const { table, emit } = this.#options
    if (event.kind === 'fork' && event.thread) {
      this.#ends.threadMade(event.pid)
    } else if (event.kind === 'fork') {
      const started = table.forked(event.pid, event.parent, this.#ticks(event))
      emit({ type: 'fork', at: this.#at(event), ...started })
    } else if (event.kind === 'exec') {
      this.#ends.execed(event.pid)
      this.#options.execed?.(event.pid, this.#at(event), this.#ticks(event))
    } else if (event.kind === 'exit') {
      const ended = this.#ends.threadEnded(
        event.pid,
        event.leader,
        event.status,
        table.peek(event.pid) !== undefined,
      )
      if (ended) this.#ended(event.pid, event.status, this.#at(event))
    }
  }

  /** Looks once a second after processes whose first thread ended before others. */
  tick(now: number): void {
    for (const [pid, status] of this.#ends.settle()) this.#ended(pid, status, now)
  }

  #ended(pid: number, status: number, at: number) {
    const process = this.#options.table.ref(pid)
    this.#options.table.ended(pid)
    // Made and ended before anybody looked: no event told of it, so that there is nothing to end.
    if (process) this.#options.emit({ type: 'exit', at, process, exitCode: exitCodeOf(status) })
  }

  #ticks(event: ConnectorEvent): number {
    return Number((event.nanos + this.#options.sleptNanos()) / TICK_NANOS)
  }

  #at(event: ConnectorEvent): number {
    return this.#options.wallMillis(event.nanos + this.#options.sleptNanos())
  }
}
