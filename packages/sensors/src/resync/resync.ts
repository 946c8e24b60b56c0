import type { SensorEvent, SensorLayer } from '@quarry/schema/events'
import { type Attribution, keyOf } from '../attribute.ts'
import type { KnownProcesses } from '../proc/known-processes.ts'
import { resyncConnections } from './connections.ts'
import type { KnownListeners } from './known-listeners.ts'
import { resyncProcesses } from './processes.ts'

/** After a loss the host is read again at most this often: it costs, and what was lost was much. */
const PAUSE_MILLIS = 10_000

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

  constructor(options: ResyncOptions) {
    this.#options = options
  }

  /** Asks for a reading of these layers; others than process and network have none. */
  request(layers: Iterable<SensorLayer>): void {
    for (const layer of layers) if (layer === 'process' || layer === 'network') this.#wanted.add(layer)
  }

  /** Starts a reading that was asked for, once the last one is long enough ago. */
  poll(now = performance.now()): void {
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

  async #read(layers: ReadonlySet<SensorLayer>) {
    const { root, processes, emit } = this.#options
    if (layers.has('process')) await resyncProcesses(root, processes, emit)
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
