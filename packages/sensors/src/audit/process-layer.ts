import type { SensorEvent } from '@quarry/schema/events'
import { sleptNanos } from '../clock.ts'
import { Connector } from '../connector/connector.ts'
import type { ConnectorEvent } from '../connector/parse-event.ts'
import { ProcessEvents } from '../connector/process-events.ts'
import { libc } from '../libc.ts'
import { sentence } from '../load-sources.ts'
import type { ProcessTable } from '../proc/process-table.ts'
import type { AuditEvent } from './assemble.ts'
import { startedBy } from './exec-event.ts'
import { numberField } from './record.ts'

/** Records come a little later than what the connector tells; an end waits for them, so that it does not come before its begin. */
const END_WAITS_MILLIS = 250

export interface ProcessLayerOptions {
  root: string
  table: ProcessTable
  emit(event: SensorEvent): void
  wallMillis(bootNanos: bigint): number
  /** Steps of 10 ms since boot of a wall clock in milliseconds. */
  ticksAt(wallMillis: number): number
  /** Whether starts are told too. The table of processes is kept in any case: connections need it. */
  tells: boolean
}

/** Processes: programs by the records of the audit, forks and ends by the process connector, which knows exit codes and signals. */
export class ProcessLayer {
  readonly #options: ProcessLayerOptions
  readonly #connector: Connector | string
  readonly #events: ProcessEvents
  #ends: { event: ConnectorEvent; since: number }[] = []
  #slept = sleptNanos(libc)

  constructor(options: ProcessLayerOptions) {
    const { root, table, wallMillis } = options
    this.#options = options
    this.#connector = openConnector()
    const emit = options.tells ? options.emit : () => undefined
    this.#events = new ProcessEvents({ root, table, emit, wallMillis, sleptNanos: () => this.#slept })
  }

  get fds(): number[] {
    return typeof this.#connector === 'string' ? [] : [this.#connector.fd]
  }

  /** What is missing without the connector. */
  get limits(): string[] {
    return typeof this.#connector === 'string'
      ? [
          `Forks without a program of their own, ends by a signal and starts of processes to 10 ms are not known: ${this.#connector}`,
        ]
      : []
  }

  /** Takes the record of a program that was started, or of a process that ended by itself. */
  take(record: AuditEvent, call: 'exec' | 'exit'): void {
    const { table, tells, emit, root, ticksAt } = this.#options
    if (call === 'exit') this.#exited(record)
    if (call === 'exit' || !record.syscall.includes(' success=yes')) return
    const started = startedBy(record, root, table, ticksAt(record.at))
    if (!started) return
    table.set(started)
    if (tells) emit({ type: 'exec', at: record.at, ...started })
  }

  /** Reads the connector; true when there is more. */
  drain(): boolean {
    if (typeof this.#connector === 'string') return false
    return this.#connector.drain((event) => {
      if (event.kind === 'exit') this.#ends.push({ event, since: performance.now() })
      else {
        // The id is given away again: its last owner has ended for sure.
        if (event.kind === 'fork' && !event.thread)
          this.#releaseEnds((end) => end.kind === 'exit' && end.pid === event.pid)
        this.#events.take(event)
      }
    })
  }

  /** All records were read: tells the ends that waited for long enough. */
  settle(now = performance.now()): void {
    let due = 0
    while (due < this.#ends.length && now - this.#ends[due]!.since >= END_WAITS_MILLIS) due++
    for (const { event } of this.#ends.splice(0, due)) this.#events.take(event)
  }

  tick(now: number): void {
    this.#slept = sleptNanos(libc)
    this.#events.tick(now)
  }

  takeLost(): number {
    return typeof this.#connector === 'string' ? 0 : this.#connector.takeLost()
  }

  close(): void {
    this.settle(Number.POSITIVE_INFINITY)
    if (typeof this.#connector !== 'string') this.#connector.close()
  }

  #releaseEnds(isIt: (event: ConnectorEvent) => boolean) {
    const index = this.#ends.findIndex(({ event }) => isIt(event))
    if (index >= 0) for (const { event } of this.#ends.splice(index, 1)) this.#events.take(event)
  }

  /** With the connector, it tells. */
  #exited({ at, syscall }: AuditEvent) {
    const pid = numberField(syscall, 'pid')
    if (typeof this.#connector !== 'string' || pid === undefined) return
    const process = this.#options.table.ref(pid)
    this.#options.table.ended(pid)
    const exitCode = (numberField(syscall, 'a0', 16) ?? 0) & 0xff
    if (process && this.#options.tells) this.#options.emit({ type: 'exit', at, process, exitCode })
  }
}

function openConnector(): Connector | string {
  try {
    return new Connector()
  } catch (error) {
    return sentence(error)
  }
}
