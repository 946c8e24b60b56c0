import { createDnsJoin, type DnsJoin } from '../dns/join.ts'
import { type DnsMessage, parseDnsMessage } from '../dns/parse-message.ts'
import type { SourceContext } from '../source.ts'
import type { Packet } from './packet-socket.ts'
import { parsePacket } from './parse-packet.ts'

const tcp = 6
const dnsPort = 53

/** Makes events of DNS packets: questions with their answers. */
export class Dns {
  readonly #context: SourceContext
  readonly #join: DnsJoin

  constructor(context: SourceContext) {
    this.#context = context
    this.#join = createDnsJoin((event) => {
      if (!event.process || !context.isOwn(event.process.pid)) context.emit(event)
    })
  }

  take({ bytes }: Packet, at: number) {
    const packet = parsePacket(bytes)
    const message = packet && readMessage(packet.payload, packet.protocol === tcp)
    if (!packet || !message) return
    const { protocol, source, sourcePort, destination, destinationPort } = packet
    const answered = message.response
    // The port says who is the server, or else it is another protocol on this port.
    if ((answered ? sourcePort : destinationPort) !== dnsPort) return
    const [local, localPort] = answered ? [destination, destinationPort] : [source, sourcePort]
    const server = answered ? source : destination
    const traffic = { at, port: localPort, server, message }
    if (answered) this.#join.answered(traffic)
    else {
      // Now, as whoever asks and goes takes the socket along.
      const process = this.#context.whoseFlow({
        protocol,
        local,
        localPort,
        remote: server,
        remotePort: dnsPort,
      })
      this.#join.asked({ ...traffic, process })
    }
  }

  tick(now: number) {
    this.#join.tick(now)
  }
}

/** Over TCP a message follows its length; some write the length in a packet of its own. */
function readMessage(payload: Buffer, isTcp: boolean): DnsMessage | undefined {
  const prefixed = isTcp && payload.length > 2 && payload.readUInt16BE(0) >= payload.length - 2
  return (prefixed ? parseDnsMessage(payload.subarray(2)) : undefined) ?? parseDnsMessage(payload)
}
