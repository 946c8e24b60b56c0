import { BoundedMap } from '../bounded-map.ts'
import { type ClientHello, parseClientHello } from './parse-client-hello.ts'
import type { ParsedPacket } from './parse-packet.ts'

const mostFlows = 256
/** A first message with keys that withstand quantum computers has 2 kB. */
const mostBytes = 16_384

interface Begun {
  bytes: Buffer
  /** Number of the byte that comes next. */
  next: number
}

/** Puts together first messages of TLS that came in several packets, in order. Bounded: a flow that is too many or too long is dropped. */
export class HelloAssembly {
  readonly #begun = new BoundedMap<string, Begun>(mostFlows)

  add(packet: ParsedPacket): Exclude<ClientHello, 'more'> {
    const { source, sourcePort, destination, destinationPort, sequence, payload } = packet
    const key = `${source} ${sourcePort} ${destination} ${destinationPort}`
    const begun = this.#begun.get(key)
    const continues = begun?.next === sequence
    if (!continues && payload[0] !== 22) return undefined
    const bytes = continues ? Buffer.concat([begun.bytes, payload]) : payload
    const found = parseClientHello(bytes)
    if (found !== 'more' || bytes.length > mostBytes) {
      this.#begun.delete(key)
      return found === 'more' ? undefined : found
    }
    this.#begun.set(key, { bytes: Buffer.from(bytes), next: (sequence + payload.length) >>> 0 })
    return undefined
  }
}
