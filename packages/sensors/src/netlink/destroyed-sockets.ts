import type { Socket } from '../sockets/socket.ts'
import { parseSocket } from './inet-diag.ts'
import { HEADER, messages, NetlinkSocket } from './netlink-socket.ts'

const NETLINK_SOCK_DIAG = 4
/** Multicast groups of TCP and UDP, IPv4 and IPv6 (enum sknetlink_groups), as bits. */
const ALL_GROUPS = 0b1111
const SMALLEST = HEADER + 72
const INET_DIAG_PROTOCOL = 9
const BATCH = 1000

/** Sockets of this network namespace as the kernel frees them, with the bytes that went through those of TCP. */
export class DestroyedSockets {
  #socket: NetlinkSocket
  #buffer = Buffer.alloc(8192)
  #lost = 0

  /** @throws SourceUnavailable without the right CAP_NET_ADMIN. */
  constructor() {
    this.#socket = new NetlinkSocket(NETLINK_SOCK_DIAG, ALL_GROUPS)
  }

  get fd(): number {
    return this.#socket.fd
  }

  /** Reads what is there; true when there is more. Sockets that were never connected are passed over. */
  drain(take: (socket: Socket) => void): boolean {
    for (let count = 0; count < BATCH; count++) {
      const received = this.#socket.receive(this.#buffer)
      if (received === 'nothing') return false
      if (received === 'overrun') {
        this.#lost++
        continue
      }
      for (const message of messages(this.#buffer, received)) {
        if (message.length < SMALLEST || message.readUInt16BE(HEADER + 6) === 0) continue
        take(parseSocket(message, protocolOf(message)))
      }
    }
    return true
  }

  /** Times since the last call that the kernel had to drop some; it does not say how many. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  close(): void {
    this.#socket.close()
  }
}

/** The protocol is an attribute of its own; TCP where it is missing. */
function protocolOf(message: Buffer): number {
  let offset = SMALLEST
  while (offset + 4 < message.length) {
    const length = message.readUInt16LE(offset)
    if (length < 4) break
    if (message.readUInt16LE(offset + 2) === INET_DIAG_PROTOCOL) return message.readUInt8(offset + 4)
    offset += (length + 3) & ~3
  }
  return 6
}
