import { readFileSync, readlinkSync } from 'node:fs'
import type { SensorEvent } from '@quarry/schema/events'
import { pointer, socketAt, u32 } from './records.ts'
import type { RingRecord } from './ring.ts'
import { listenEvent } from './tcp-events.ts'

type Listen = Extract<SensorEvent, { type: 'listen' }>
interface Listener {
  event: Listen
  netns: number
}

/** How often the sockets whose process ended are looked for again. */
const LOOK_MS = 5000

/**
 * UDP sockets that were bound to a port. Their end is seen when the descriptor is closed, or when the process ends: unless a child
 * has it still, which /proc/net/udp tells for this network namespace.
 */
export class DatagramListeners {
  readonly #emit: (event: SensorEvent) => void
  readonly #root: string
  readonly #bySocket = new Map<number, Listener>()
  readonly #left = new Map<number, Listener>()
  #nextLook = 0

  constructor(emit: (event: SensorEvent) => void, root = '') {
    this.#emit = emit
    this.#root = root
  }

  began(record: RingRecord, at: number): void {
    const sock = pointer(record, socketAt.sock)
    this.#end(sock, at)
    const listener = { event: listenEvent(record, at, false), netns: u32(record, socketAt.netns) }
    this.#bySocket.set(sock, listener)
    this.#emit(listener.event)
  }

  socketClosed(sock: number, at: number): void {
    this.#end(sock, at)
  }

  processEnded(pid: number): void {
    if (this.#bySocket.size === 0) return
    for (const [sock, listener] of this.#bySocket)
      if (listener.event.process?.pid === pid) this.#left.set(sock, listener)
  }

  /** `now` is the wall clock in milliseconds. */
  tick(now: number): void {
    if (this.#left.size === 0 || (now < this.#nextLook && now > this.#nextLook - LOOK_MS)) return
    this.#nextLook = now + LOOK_MS
    const open = this.#openPorts()
    const netns = this.#ownNamespace()
    for (const [sock, { event, netns: its }] of this.#left)
      if (its !== netns || !open.has(event.port)) this.#end(sock, now)
  }

  #end(sock: number, at: number): void {
    const listener = this.#bySocket.get(sock)
    this.#left.delete(sock)
    if (!listener) return
    this.#bySocket.delete(sock)
    this.#emit({ ...listener.event, at, ended: true })
  }

  #openPorts(): Set<number> {
    const ports = new Set<number>()
    for (const name of ['udp', 'udp6'])
      for (const [, port] of this.#read(name).matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) /gm))
        ports.add(Number.parseInt(port!, 16))
    return ports
  }

  #read(name: string): string {
    try {
      return readFileSync(`${this.#root}/proc/self/net/${name}`, 'latin1')
    } catch {
      return ''
    }
  }

  #ownNamespace(): number {
    try {
      return Number(/\d+/.exec(readlinkSync(`${this.#root}/proc/self/ns/net`))?.[0])
    } catch {
      return 0
    }
  }
}
