import { networkInterfaces } from 'node:os'
import type { SensorEvent } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import type { SourceContext } from '../source.ts'
import { HelloAssembly } from './hello-assembly.ts'
import type { Packet } from './packet-socket.ts'
import { parseHttp } from './parse-http.ts'
import { type ParsedPacket, parsePacket } from './parse-packet.ts'

type WebEvent = Extract<SensorEvent, { type: 'http' | 'tlsName' }>

const mostSeen = 4096
const mostWaiting = 2000
/** So long an event waits for the other sensors to tell whose connection it is, in milliseconds. */
const patience = 300

/** Makes events of packets that begin an HTTP request or a TLS connection. */
export class Web {
  readonly #context: SourceContext
  readonly #hellos = new HelloAssembly()
  /** A packet passes several interfaces on its way out of a container. */
  readonly #seen = new BoundedMap<string, true>(mostSeen)
  #waiting: { event: WebEvent; since: number }[] = []
  #own = new Set<string>()

  constructor(context: SourceContext) {
    this.#context = context
    this.#own = ownAddresses()
  }

  take({ bytes, outgoing }: Packet, at: number) {
    const packet = parsePacket(bytes)
    if (!packet || packet.payload.length === 0) return
    const found = this.#read(packet)
    if (!found || this.#repeats(packet)) return
    const inbound = !outgoing && this.#own.has(packet.destination) && !this.#own.has(packet.source)
    const { protocol, source, sourcePort, destination, destinationPort } = packet
    const direction = inbound ? ('inbound' as const) : ('outbound' as const)
    this.#tell({ ...found, at, direction, protocol, source, sourcePort, destination, destinationPort }, at)
  }

  /** Tells the events for whose process nobody needs to be waited for any longer. */
  settle(now: number) {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const { event, since } of waiting) {
      event.process = this.#whose(event)
      if (event.process || now - since >= patience || now < since) this.#emit(event)
      else this.#waiting.push({ event, since })
    }
  }

  tick(now: number) {
    this.#own = ownAddresses()
    this.settle(now)
  }

  #read(packet: ParsedPacket) {
    const { payload, destination, destinationPort } = packet
    const letter = payload[0]!
    if (letter >= 0x41 && letter <= 0x5a) {
      const request = parseHttp(payload, { address: destination, port: destinationPort })
      if (request) return { type: 'http' as const, ...request }
    }
    const hello = this.#hellos.add(packet)
    return hello && { type: 'tlsName' as const, name: hello.name }
  }

  #repeats({ destination, destinationPort, sequence }: ParsedPacket): boolean {
    // Without the source, which changes when a container's address is translated; the number is chosen at random.
    const key = `${destination} ${destinationPort} ${sequence}`
    if (this.#seen.get(key)) return true
    this.#seen.set(key, true)
    return false
  }

  #tell(event: WebEvent, now: number) {
    event.process = this.#whose(event)
    if (event.process || this.#waiting.length >= mostWaiting) this.#emit(event)
    else this.#waiting.push({ event, since: now })
  }

  #whose({ protocol, direction, source, sourcePort, destination, destinationPort }: WebEvent) {
    return this.#context.whoseFlow(
      direction === 'outbound'
        ? { protocol, local: source, localPort: sourcePort, remote: destination, remotePort: destinationPort }
        : {
            protocol,
            local: destination,
            localPort: destinationPort,
            remote: source,
            remotePort: sourcePort,
          },
    )
  }

  #emit(event: WebEvent) {
    if (!event.process || !this.#context.isOwn(event.process.pid)) this.#context.emit(event)
  }
}

function ownAddresses(): Set<string> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return new Set(all.map(({ address }) => address))
}
