import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { BoundedMap } from './bounded-map.ts'

/** One side of a connection, as its own process sees it. Addresses are text; IPv4 in IPv6 is given as IPv4. */
export interface FlowKey {
  /** 6 TCP, 17 UDP. */
  protocol: number
  local: string
  localPort: number
  remote: string
  remotePort: number
  /** Inode of the network namespace, where known. */
  netns?: number
}

/** Looks up in the kernel whose socket it is, or does not, to save work. */
export type FlowLookup = (key: FlowKey) => ProcessRef | undefined

/** A busy proxy has tens of thousands of connections; an entry takes about 200 bytes. */
const MOST_FLOWS = 50_000
const MOST_LISTENERS = 4_000

/**
 * Which process a connection belongs to, as the events say. A bounded map: the longest unused flow is forgotten first.
 * What it does not know it asks `lookup`, which limits itself.
 */
export class Attribution {
  #flows = new BoundedMap<string, ProcessRef>(MOST_FLOWS)
  /** Bound sockets by protocol and port, for datagrams of sockets that were never connected. */
  #listeners = new BoundedMap<string, ProcessRef>(MOST_LISTENERS)
  #lookup: FlowLookup

  constructor(lookup: FlowLookup = () => undefined) {
    this.#lookup = lookup
  }

  /** Learns from an event of any kind. */
  note(event: SensorEvent): void {
    if (!event.process) return
    if (event.type === 'connection' || event.type === 'flow') {
      this.remember(keyOf(event), event.process)
    } else if (event.type === 'listen') {
      const key = listenerKey(event.protocol, event.port)
      if (event.ended) this.#listeners.delete(key)
      else this.#listeners.set(key, event.process)
    }
  }

  remember(key: FlowKey, process: ProcessRef): void {
    if (key.netns !== undefined) this.#flows.set(textOf(key), process)
    this.#flows.set(textOf({ ...key, netns: undefined }), process)
  }

  knows(key: FlowKey): boolean {
    return this.#flows.get(textOf(key)) !== undefined
  }

  /** The process that this side belongs to; undefined when neither the events nor the kernel could tell. */
  whoseFlow(key: FlowKey): ProcessRef | undefined {
    const known = this.#flows.get(textOf(key))
    if (known) return known
    const found = this.#lookup(key) ?? this.#listeners.get(listenerKey(key.protocol, key.localPort))
    if (found) this.remember(key, found)
    return found
  }
}

/** The own side of a connection or flow. */
export function keyOf(event: SensorEvent & { type: 'connection' | 'flow' }): FlowKey {
  const { protocol, source, sourcePort, destination, destinationPort, netns } = event
  const outbound = event.direction === 'outbound'
  return {
    protocol,
    local: outbound ? source : destination,
    localPort: outbound ? sourcePort : destinationPort,
    remote: outbound ? destination : source,
    remotePort: outbound ? destinationPort : sourcePort,
    netns,
  }
}

const textOf = (key: FlowKey) =>
  `${key.protocol} ${key.local} ${key.localPort} ${key.remote} ${key.remotePort} ${key.netns ?? ''}`
const listenerKey = (protocol: number, port: number) => `${protocol} ${port}`
