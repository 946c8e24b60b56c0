import type { ProcessRef, SensorEvent, SensorLayer } from '@quarry/schema/events'
import { type Attribution, keyOf } from '../attribute.ts'
import type { KnownProcesses } from '../proc/known-processes.ts'
import { resyncConnections } from './connections.ts'
import type { KnownListeners } from './known-listeners.ts'
import { resyncProcesses } from './processes.ts'

/** After a loss the host is read again at most this often: it costs, and what was lost was much. */
const PAUSE_MILLIS = 10_000
const END_WAITS_MILLIS = 2_000

export interface ResyncOptions {
  root: string
  processes: KnownProcesses
  listeners: KnownListeners
  attribution: Attribution
  emit(event: SensorEvent): void
  failed(error: unknown): void
}

/** Reads again what runs and what is connected, one reading at a time, and tells what the events did not. */
export class Resync {
  #options: ResyncOptions
  #wanted = new Set<SensorLayer>()
  #running: Promise<void> = Promise.resolve()
  #idle = true
  #notBefore = 0
  /** Processes that a reading missed. Their ends may be on the way still, with the exit code. */
  #missed: { process: ProcessRef; since: number }[] = []

  constructor(options: ResyncOptions) {
    this.#options = options
  }

  /** Asks for a reading of these layers; others than process and network have none. */
  request(layers: Iterable<SensorLayer>): void {
    for (const layer of layers) if (layer === 'process' || layer === 'network') this.#wanted.add(layer)
  }

  /** Starts a reading that was asked for, once the last one is long enough ago. */
  poll(now = performance.now()): void {
    this.#tellEnds(now)
    if (this.#wanted.size === 0 || !this.#idle || now < this.#notBefore) return
    const layers = this.#wanted
    this.#wanted = new Set()
    this.#idle = false
    this.#running = this.#read(layers)
      .catch((error) => this.#options.failed(error))
      .finally(() => {
        this.#idle = true
        this.#notBefore = performance.now() + PAUSE_MILLIS
      })
  }

  /** Resolves when no reading goes on. */
  async settled(): Promise<void> {
    await this.#running
  }

  /** Ends processes of whose end no event has told: nobody knows its moment and exit code. */
  #tellEnds(now: number) {
    const { processes, emit } = this.#options
    this.#missed = this.#missed.filter(({ process, since }) => {
      if (now - since < END_WAITS_MILLIS) return true
      if (processes.has(process, '')) emit({ type: 'exit', at: Date.now(), process })
      return false
    })
  }

  async #read(layers: ReadonlySet<SensorLayer>) {
    const { root, processes, emit } = this.#options
    if (layers.has('process')) {
      const missed = await resyncProcesses(root, processes, emit)
      this.#missed.push(...missed.map((process) => ({ process, since: performance.now() })))
    }
    if (layers.has('network')) await this.#readConnections()
  }

  async #readConnections() {
    const { root, listeners, attribution, emit } = this.#options
    const seen = listeners.beginReading()
    await resyncConnections(root, (event) => {
      if (event.type === 'listen' && !seen.add(event)) emit(event)
      // By addresses alone: not every source knows the namespace.
      if (event.type === 'connection' && !attribution.knows({ ...keyOf(event), netns: undefined }))
        emit(event)
    })
    for (const event of seen.gone()) emit(event)
  }
}
