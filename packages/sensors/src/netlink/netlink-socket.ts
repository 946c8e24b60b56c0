import { errno, libc } from '../libc.ts'
import { SourceUnavailable } from '../source.ts'

const AF_NETLINK = 16
const SOCK_RAW = 3
const SOCK_CLOEXEC = 0o2000000
const SOL_SOCKET = 1
const SO_RCVBUFFORCE = 33
const SO_RCVBUF = 8
const MSG_DONTWAIT = 0x40
const MSG_TRUNC = 0x20
const NLMSG_ERROR = 2
const REQUEST_AND_ACK = 5
const RECEIVE_BYTES = 8 << 20
const WAIT_MILLIS = 2000

/** Size of `struct nlmsghdr`: length, type, flags, sequence and port. */
export const HEADER = 16

/** What a receive found: a number of bytes in the buffer, nothing, or that the kernel had to drop messages before. */
export type Received = number | 'nothing' | 'overrun'

/** A netlink socket that never blocks. Close it with `close`. */
export class NetlinkSocket {
  readonly fd: number
  #sequence = 1

  /** @throws SourceUnavailable when this kernel has no such protocol, or does not allow it. */
  constructor(protocol: number, groups = 0, receiveBytes = RECEIVE_BYTES) {
    this.fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)
    if (this.fd < 0) throw unavailable('This kernel offers no netlink socket for it')
    const address = Buffer.alloc(12)
    address.writeUInt16LE(AF_NETLINK, 0)
    address.writeUInt32LE(groups >>> 0, 8)
    if (libc.bind(this.fd, address, address.length) !== 0) {
      const error = unavailable('The kernel does not let this process listen')
      libc.close(this.fd)
      throw error
    }
    const size = Buffer.alloc(4)
    size.writeInt32LE(receiveBytes)
    // Beyond the limit of the host with the right to do so, else up to it.
    if (libc.setsockopt(this.fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) !== 0)
      libc.setsockopt(this.fd, SOL_SOCKET, SO_RCVBUF, size, 4)
  }

  /** Sends one message; returns its sequence number. `payload` follows the header. @throws Error when the kernel does not take it. */
  send(type: number, flags: number, payload: Buffer): number {
    const message = Buffer.alloc(HEADER + payload.length)
    message.writeUInt32LE(message.length, 0)
    message.writeUInt16LE(type, 4)
    message.writeUInt16LE(flags, 6)
    message.writeUInt32LE(this.#sequence, 8)
    payload.copy(message, HEADER)
    if (Number(libc.send(this.fd, message, message.length, 0)) < 0)
      throw new NetlinkError(libc.errno(), 'The kernel did not take a netlink message')
    return this.#sequence++
  }

  /** Reads one datagram, which may hold several messages, without waiting. */
  receive(into: Buffer): Received {
    const length = Number(libc.recv(this.fd, into, into.length, MSG_DONTWAIT | MSG_TRUNC))
    if (length >= 0) return Math.min(length, into.length)
    const code = libc.errno()
    if (code === errno.EAGAIN || code === errno.EINTR) return 'nothing'
    if (code === errno.ENOBUFS) return 'overrun'
    throw new NetlinkError(code, 'A netlink socket could not be read')
  }

  /**
   * Sends a message and waits for its acknowledgement, at most two seconds; `other` gets the messages in between.
   * @throws NetlinkError with the kernel's code when it refuses.
   */
  request(
    type: number,
    payload: Buffer,
    other?: (type: number, message: Buffer) => void,
    flags = REQUEST_AND_ACK,
  ): void {
    const sequence = this.send(type, flags, payload)
    const buffer = Buffer.alloc(65536)
    const end = performance.now() + WAIT_MILLIS
    while (performance.now() < end) {
      const length = this.wait(buffer, end - performance.now())
      if (typeof length !== 'number') continue
      for (const message of messages(buffer, length)) {
        const kind = message.readUInt16LE(4)
        if (kind === NLMSG_ERROR && message.readUInt32LE(8) === sequence) {
          const code = -message.readInt32LE(HEADER)
          if (code !== 0) throw new NetlinkError(code, 'The kernel refused a netlink request')
          return
        }
        other?.(kind, message)
      }
    }
    throw new NetlinkError(0, 'The kernel did not answer a netlink request in time')
  }

  /** Waits for one datagram; blocks this thread, so for start and end only. */
  wait(into: Buffer, millis: number): Received {
    const set = Buffer.alloc(8)
    set.writeInt32LE(this.fd, 0)
    set.writeInt16LE(1, 4)
    libc.poll(set, 1, Math.max(1, Math.ceil(millis)))
    return this.receive(into)
  }

  close(): void {
    libc.close(this.fd)
  }
}

/** The messages of a datagram, each from its header on. They lie in the buffer: valid until the next receive. */
export function* messages(buffer: Buffer, length: number): Generator<Buffer> {
  let offset = 0
  while (offset + HEADER <= length) {
    const size = buffer.readUInt32LE(offset)
    if (size < HEADER || offset + size > length) return
    yield buffer.subarray(offset, offset + size)
    offset += (size + 3) & ~3
  }
}

/** A request that the kernel refused; `code` is the errno, 0 when it did not answer. */
export class NetlinkError extends Error {
  override name = 'NetlinkError'
  readonly code: number

  constructor(code: number, what: string) {
    super(`${what} (error ${code}).`)
    this.code = code
  }
}

function unavailable(what: string): SourceUnavailable {
  const code = libc.errno()
  return new SourceUnavailable(`${what} (error ${code}${code === errno.EPERM ? ', not permitted' : ''}).`)
}
