import koffi from 'koffi'
import { errno, libc } from '../libc.ts'
import { SourceUnavailable } from '../source.ts'
import { mostBytes, outgoing } from './filters.ts'

const library = koffi.load('libc.so.6')
const recvfrom = library.func('intptr_t recvfrom(int, void*, size_t, int, void*, void*)') as (
  ...args: [fd: number, into: Buffer, length: number, flags: number, from: Buffer, fromLength: Buffer]
) => number | bigint
const getsockopt = library.func('int getsockopt(int, int, int, void*, void*)') as (
  ...args: [fd: number, level: number, name: number, into: Buffer, length: Buffer]
) => number

const AF_PACKET = 17
/** Without the link's own header, closed on exec, never waiting. */
const SOCK_DGRAM = 2 | 0x8_0000 | 0x800
const ETH_P_ALL = 3
const SOL_SOCKET = 1
const SO_ATTACH_FILTER = 26
const SO_RCVBUFFORCE = 33
const SOL_PACKET = 263
const PACKET_STATISTICS = 6
const receiveBuffer = 16 << 20

/** A packet from its IP header on; the bytes are good until the next one is read. */
export interface Packet {
  bytes: Buffer
  /** It leaves this machine, or is forwarded by it. */
  outgoing: boolean
}

/** Sees what passes any network interface of this network namespace and the filter lets through. */
export class PacketSocket {
  readonly fd: number
  readonly #buffer = Buffer.alloc(mostBytes)
  readonly #from = Buffer.alloc(20)
  readonly #fromLength = Buffer.alloc(4)

  /** @throws SourceUnavailable */
  constructor(filter: Buffer) {
    // Without a protocol nothing is received until `bind`, so that the filter is there before the first packet.
    this.fd = libc.socket(AF_PACKET, SOCK_DGRAM, 0)
    if (this.fd < 0) {
      throw new SourceUnavailable(
        libc.errno() === errno.EPERM
          ? 'Reading packets needs root with CAP_NET_RAW.'
          : `This kernel has no packet sockets (error ${libc.errno()}).`,
      )
    }
    try {
      attach(this.fd, filter)
      const size = Buffer.alloc(4)
      size.writeInt32LE(receiveBuffer)
      libc.setsockopt(this.fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4)
      const address = Buffer.alloc(20)
      address.writeUInt16LE(AF_PACKET, 0)
      address.writeUInt16BE(ETH_P_ALL, 2)
      check(libc.bind(this.fd, address, 20))
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** The next packet; undefined when there is none now. */
  read(): Packet | undefined {
    this.#fromLength.writeUInt32LE(20)
    const length = Number(recvfrom(this.fd, this.#buffer, mostBytes, 0, this.#from, this.#fromLength))
    if (length < 0) return undefined
    return { bytes: this.#buffer.subarray(0, length), outgoing: this.#from[10] === outgoing }
  }

  /** Packets that found the buffer full since the last call. */
  lost(): number {
    const into = Buffer.alloc(12)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(8)
    return getsockopt(this.fd, SOL_PACKET, PACKET_STATISTICS, into, length) === 0 ? into.readUInt32LE(4) : 0
  }

  close() {
    libc.close(this.fd)
  }
}

/** `struct sock_fprog` points to the program, which the kernel copies. */
function attach(fd: number, filter: Buffer) {
  const memory = koffi.alloc('uint8_t', filter.length)
  try {
    koffi.encode(memory, 'uint8_t', [...filter], filter.length)
    const program = Buffer.alloc(16)
    program.writeUInt16LE(filter.length / 8, 0)
    program.writeBigUInt64LE(koffi.address(memory), 8)
    check(libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, 16))
  } finally {
    koffi.free(memory)
  }
}

function check(result: number) {
  if (result !== 0) throw new SourceUnavailable(`The kernel refused to show packets (error ${libc.errno()}).`)
}
