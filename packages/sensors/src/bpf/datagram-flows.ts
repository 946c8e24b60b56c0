import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { type Sides, sidesOf } from './endpoints.ts'
import type { Libbpf } from './libbpf.ts'
import { pointer, processOf, socketAt, u64 } from './records.ts'
import type { RingRecord } from './ring.ts'

/** A flow that carried nothing for this time has ended. */
const IDLE_MS = 60_000
const KEY_BYTES = 32
const VALUE_BYTES = 24

interface Flow {
  key: Buffer
  sock: number
  process: ProcessRef
  sides: Sides
  /** Microseconds since boot. */
  began: number
  /** What was last read of the kernel's counts. */
  sent: number
  received: number
  /** When to look whether it went idle, in milliseconds since boot. */
  look: number
}

export interface DatagramFlowsOptions {
  libbpf: Libbpf
  /** The kernel's map of flows. */
  fd: number
  emit(event: SensorEvent): void
  wallMillis(micros: number): number
  bootMillis(): number
}

/** Flows of UDP, ping and raw sockets. The kernel counts; here is known what to tell when one ended. */
export class DatagramFlows {
  readonly #options: DatagramFlowsOptions
  readonly #flows = new Map<string, Flow>()
  readonly #ofSocket = new Map<number, Set<Flow>>()
  readonly #ofProcess = new Map<number, Set<Flow>>()
  readonly #value = Buffer.alloc(VALUE_BYTES)
  #lost = 0

  constructor(options: DatagramFlowsOptions) {
    this.#options = options
  }

  /** The first datagram between a socket and a remote address. */
  began(record: RingRecord): void {
    const key = keyOf(record)
    const text = key.toString('latin1')
    const before = this.#flows.get(text)
    // The kernel had forgotten it, or the socket's memory was taken by another one.
    if (before) this.#end(before)
    const flow: Flow = {
      key,
      sock: pointer(record, socketAt.sock),
      process: processOf(record),
      sides: sidesOf(record),
      began: u64(record, 8),
      sent: 0,
      received: 0,
      look: this.#options.bootMillis() + IDLE_MS,
    }
    this.#flows.set(text, flow)
    addTo(this.#ofSocket, flow.sock, flow)
    addTo(this.#ofProcess, flow.process.pid, flow)
    const at = this.#options.wallMillis(flow.began)
    this.#options.emit({ type: 'connection', at, process: flow.process, ...flow.sides })
  }

  socketClosed(sock: number): void {
    for (const flow of [...(this.#ofSocket.get(sock) ?? [])]) this.#finish(flow)
  }

  processEnded(pid: number): void {
    for (const flow of [...(this.#ofProcess.get(pid) ?? [])]) this.#finish(flow)
  }

  tick(): void {
    const now = this.#options.bootMillis()
    for (const flow of this.#flows.values()) {
      if (flow.look > now) continue
      const last = this.#readCounts(flow)
      if (last === undefined || last + IDLE_MS <= now) this.#finish(flow, last === undefined)
      else flow.look = last + IDLE_MS
    }
  }

  /** Flows whose counts the kernel had to forget since the last call. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  /** Reads the counts a last time, and ends it. */
  #finish(flow: Flow, gone = this.#readCounts(flow) === undefined): void {
    if (gone) this.#lost++
    this.#options.libbpf.remove(this.#options.fd, flow.key)
    this.#end(flow)
  }

  #end(flow: Flow): void {
    this.#flows.delete(flow.key.toString('latin1'))
    removeFrom(this.#ofSocket, flow.sock, flow)
    removeFrom(this.#ofProcess, flow.process.pid, flow)
    const { process, sides, sent, received } = flow
    // Both by the clock of now, which may have been set since it began: so that what is between them is its duration.
    const startedAt = this.#options.wallMillis(flow.began)
    const at = Math.max(startedAt, this.#options.wallMillis(flow.look * 1000 - IDLE_MS * 1000))
    this.#options.emit({ type: 'flow', at, process, ...sides, startedAt, sent, received })
  }

  /** Returns when the last datagram came, in milliseconds since boot; undefined when the kernel no longer knows the flow. */
  #readCounts(flow: Flow): number | undefined {
    if (this.#options.libbpf.lookup(this.#options.fd, flow.key, this.#value) !== 0) return undefined
    const last = Number(this.#value.readBigUInt64LE(0)) / 1000
    flow.sent = Number(this.#value.readBigUInt64LE(8))
    flow.received = Number(this.#value.readBigUInt64LE(16))
    flow.look = last + IDLE_MS
    return last
  }
}

/** `struct flow_key`: the socket, the remote address, its port and its family. */
function keyOf({ bytes, at }: RingRecord): Buffer {
  const key = Buffer.alloc(KEY_BYTES)
  bytes.copy(key, 0, at + socketAt.sock, at + socketAt.sock + 8)
  bytes.copy(key, 8, at + socketAt.remote, at + socketAt.remote + 16)
  bytes.copy(key, 24, at + socketAt.remotePort, at + socketAt.remotePort + 2)
  bytes.copy(key, 26, at + socketAt.remoteFamily, at + socketAt.remoteFamily + 2)
  return key
}

function addTo(index: Map<number, Set<Flow>>, key: number, flow: Flow): void {
  const flows = index.get(key)
  if (flows) flows.add(flow)
  else index.set(key, new Set([flow]))
}

function removeFrom(index: Map<number, Set<Flow>>, key: number, flow: Flow): void {
  const flows = index.get(key)
  flows?.delete(flow)
  if (flows?.size === 0) index.delete(key)
}
