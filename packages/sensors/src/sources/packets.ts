import type { SensorLayer } from '@quarry/schema/events'
import { Dns } from '../packets/dns.ts'
import { dnsFilter, webFilter } from '../packets/filters.ts'
import { type Packet, PacketSocket } from '../packets/packet-socket.ts'
import { Web } from '../packets/web.ts'
import type { OpenSource, Source, SourceContext } from '../source.ts'

/** Packets read in one go before other sources have their turn. */
const mostInARow = 2000

const limits = {
  dns: [
    'Questions are seen on the network interfaces of the host, not those that stay within a container.',
    'Which process asked is looked up by its port, and is not known when it has ended by then.',
    'Questions over TLS or HTTPS are encrypted and not seen.',
  ],
  web: [
    'Only plain HTTP/1 requests that begin a packet are seen; of encrypted ones the server name at most.',
    'QUIC (HTTP/3) is encrypted from its first packet and not seen.',
    'A server name that is itself encrypted (ECH) shows as the public name that stands for it.',
    'Connections within a container’s own network namespace are not seen.',
  ],
} as const

/** What passes the network interfaces: DNS, plain HTTP requests and the names of TLS servers. The kernel drops the rest. */
const source: Source = {
  name: 'packets',
  layers: ['dns', 'web'],
  rank: 40,
  limits: [],
  async open(context, layers) {
    return new OpenPackets(context, layers)
  },
}
export default source

interface Reader {
  layer: 'dns' | 'web'
  socket: PacketSocket
  taker: { take(packet: Packet, at: number): void; tick(now: number): void }
}

class OpenPackets implements OpenSource {
  readonly fds: readonly number[]
  readonly limits: OpenSource['limits']
  readonly #readers: Reader[] = []
  readonly #web: Web | undefined

  constructor(context: SourceContext, layers: ReadonlySet<SensorLayer>) {
    try {
      if (layers.has('dns'))
        this.#readers.push({ layer: 'dns', socket: new PacketSocket(dnsFilter()), taker: new Dns(context) })
      if (layers.has('web')) {
        this.#web = new Web(context)
        this.#readers.push({ layer: 'web', socket: new PacketSocket(webFilter()), taker: this.#web })
      }
    } catch (error) {
      this.close()
      throw error
    }
    this.fds = this.#readers.map(({ socket }) => socket.fd)
    this.limits = Object.fromEntries(this.#readers.map(({ layer }) => [layer, limits[layer]]))
  }

  drain(): boolean {
    const at = Date.now()
    const more = this.#readers.map(({ socket, taker }) => {
      for (let count = 0; count < mostInARow; count += 1) {
        const packet = socket.read()
        if (!packet) return false
        taker.take(packet, at)
      }
      return true
    })
    this.#web?.settle(at)
    return more.includes(true)
  }

  tick(now: number) {
    for (const { taker } of this.#readers) taker.tick(now)
  }

  lost() {
    const lost: Partial<Record<SensorLayer, number>> = {}
    for (const { layer, socket } of this.#readers) {
      const count = socket.lost()
      if (count > 0) lost[layer] = count
    }
    return lost
  }

  close() {
    for (const { socket } of this.#readers) socket.close()
  }
}
