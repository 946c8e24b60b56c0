import { addressText } from '../address.ts'
import type { Socket } from '../sockets/socket.ts'
import { HEADER, messages, NetlinkError, NetlinkSocket } from './netlink-socket.ts'

const NETLINK_SOCK_DIAG = 4
const SOCK_DIAG_BY_FAMILY = 20
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const REQUEST = 1
const REQUEST_DUMP = 0x301
const AF_INET = 2
const AF_INET6 = 10
const INET_DIAG_INFO = 2
/** Size of `struct inet_diag_req_v2` and `struct inet_diag_msg`. */
const REQUEST_SIZE = 56
const MESSAGE_SIZE = 72
const WAIT_MILLIS = 2000

/** Where fields lie in `struct tcp_info`. */
const BYTES_ACKED = 120
const BYTES_RECEIVED = 128
const BYTES_SENT = 200
const BYTES_RETRANSMITTED = 208

/** Asks the kernel for sockets of this network namespace (sock_diag(7)). */
export class InetDiag {
  #socket = new NetlinkSocket(NETLINK_SOCK_DIAG, 0, 1 << 20)
  #buffer = Buffer.alloc(1 << 17)

  close(): void {
    this.#socket.close()
  }

  /**
   * Lists sockets of a protocol, IPv4 and IPv6.
   * @param states bit for each state. @param wanted asked before a socket is read in full, since most are known already.
   * @throws Error when the kernel refuses or does not answer.
   */
  *dump(
    protocol: number,
    states: number,
    wanted: (inode: number, remotePort: number) => boolean,
  ): Generator<Socket> {
    for (const family of [AF_INET, AF_INET6]) {
      const request = Buffer.alloc(REQUEST_SIZE)
      request.writeUInt8(family, 0)
      request.writeUInt8(protocol, 1)
      request.writeUInt32LE(states >>> 0, 4)
      for (const message of this.#ask(REQUEST_DUMP, request)) {
        if (wanted(message.readUInt32LE(HEADER + 68), message.readUInt16BE(HEADER + 6)))
          yield parseSocket(message, protocol)
      }
    }
  }

  /** The socket of one side of a connection, or that waits for such a one; undefined when there is none here. */
  find(
    protocol: number,
    local: Uint8Array,
    localPort: number,
    remote: Uint8Array,
    remotePort: number,
  ): Socket | undefined {
    const request = Buffer.alloc(REQUEST_SIZE, 0)
    request.writeUInt8(local.length === 4 ? AF_INET : AF_INET6, 0)
    request.writeUInt8(protocol, 1)
    request.writeUInt32LE(0xffffffff, 4)
    // For datagrams the kernel takes the sides the other way round.
    const swapped = protocol === 17
    request.writeUInt16BE(swapped ? remotePort : localPort, 8)
    request.writeUInt16BE(swapped ? localPort : remotePort, 10)
    request.set(swapped ? remote : local, 12)
    request.set(swapped ? local : remote, 28)
    request.writeBigUInt64LE(0xffffffffffffffffn, 48)
    try {
      for (const message of this.#ask(REQUEST, request)) return parseSocket(message, protocol)
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error
    }
    return undefined
  }

  *#ask(flags: number, request: Buffer): Generator<Buffer> {
    const sequence = this.#socket.send(SOCK_DIAG_BY_FAMILY, flags, request)
    const end = performance.now() + WAIT_MILLIS
    while (performance.now() < end) {
      const received = this.#socket.wait(this.#buffer, end - performance.now())
      if (typeof received !== 'number') continue
      for (const message of messages(this.#buffer, received)) {
        // What is left of an earlier question that nobody read to its end.
        if (message.readUInt32LE(8) !== sequence) continue
        const type = message.readUInt16LE(4)
        if (type === NLMSG_DONE) return
        if (type === NLMSG_ERROR)
          throw new NetlinkError(-message.readInt32LE(HEADER), 'The kernel refused to list sockets')
        if (message.length < HEADER + MESSAGE_SIZE) continue
        yield message
        if (flags === REQUEST) return
      }
    }
    throw new NetlinkError(0, 'The kernel did not list sockets in time')
  }
}

/** Reads a socket from a message of sock_diag, its netlink header included. */
export function parseSocket(message: Buffer, protocol: number): Socket {
  const body = message.subarray(HEADER)
  const size = body.readUInt8(0) === AF_INET ? 4 : 16
  return {
    protocol,
    state: body.readUInt8(1),
    localPort: body.readUInt16BE(4),
    remotePort: body.readUInt16BE(6),
    local: addressText(body.subarray(8, 8 + size)),
    remote: addressText(body.subarray(24, 24 + size)),
    uid: body.readUInt32LE(64),
    inode: body.readUInt32LE(68),
    ...parseBytes(body.subarray(MESSAGE_SIZE)),
  }
}

/** Finds the `tcp_info` among the attributes, and in it the bytes. */
function parseBytes(attributes: Buffer): { sent?: number; received?: number } {
  let offset = 0
  while (offset + 4 <= attributes.length) {
    const length = attributes.readUInt16LE(offset)
    if (length < 4) break
    if (attributes.readUInt16LE(offset + 2) === INET_DIAG_INFO) {
      const info = attributes.subarray(offset + 4, offset + length)
      if (info.length < BYTES_RECEIVED + 8) return {}
      const at = (field: number) => Number(info.readBigUInt64LE(field))
      // What was sent for the first time; older kernels tell only what was acknowledged, which counts the handshake too.
      const sent =
        info.length >= BYTES_RETRANSMITTED + 8 ? at(BYTES_SENT) - at(BYTES_RETRANSMITTED) : at(BYTES_ACKED)
      return { sent, received: at(BYTES_RECEIVED) }
    }
    offset += (length + 3) & ~3
  }
  return {}
}
