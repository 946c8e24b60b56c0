import { FilterProgram } from './filter-program.ts'

/** Where the kernel tells about a packet instead of its bytes. */
const packetType = 0xffff_f000 + 4
const hardwareType = 0xffff_f000 + 28
const loopback = 772
/** Values of the packet type, from linux/if_packet.h. */
export const incoming = 0
export const outgoing = 4

const udp = 17
const tcp = 6
const pushed = 0x08

/** Bytes of a packet that are handed over at most. */
export const mostBytes = 8192

/** Memory of the programs. */
const memory = { way: 0, protocol: 1, port: 2, flags: 3 } as const
/** Which way a packet goes. */
const way = { in: 0, out: 1, within: 2 } as const

/** Begins at the IP header, and goes on at `transport` with X at the header of UDP or TCP. Sees each packet within the machine once. */
function program(): FilterProgram {
  return (
    new FilterProgram()
      .add('loadWord', hardwareType)
      .add('jumpEqual', loopback, 'within')
      .add('loadWord', packetType)
      .add('jumpEqual', outgoing, 'out')
      .add('jumpEqual', incoming, 'in', 'drop')
      .at('within')
      .add('loadWord', packetType)
      .add('jumpEqual', outgoing, 'drop')
      .add('loadValue', way.within)
      .jump('ip')
      .at('out')
      .add('loadValue', way.out)
      .jump('ip')
      .at('in')
      .add('loadValue', way.in)
      .at('ip')
      .add('store', memory.way)
      .add('loadByte', 0)
      .add('and', 0xf0)
      .add('jumpEqual', 0x40, 'v4')
      .add('jumpEqual', 0x60, 'v6', 'drop')
      .at('v4')
      // Only the first fragment has the header that is looked for.
      .add('loadHalf', 6)
      .add('jumpAnySet', 0x1fff, 'drop')
      .add('loadXHeaderLength', 0)
      .add('loadByte', 9)
      .jump('transport')
      .at('v6')
      .add('loadX', 40)
      .add('loadByte', 6)
      .at('transport')
      .add('store', memory.protocol)
  )
}

const end = (filter: FilterProgram) =>
  filter.at('give').add('give', mostBytes).at('drop').add('give', 0).bytes()

/** Questions that leave this machine and answers that reach it, over UDP and TCP; not what it answers to others as a server. */
export function dnsFilter(): Buffer {
  return end(
    program()
      .add('jumpEqual', udp, 'ports')
      .add('jumpEqual', tcp, 'ports', 'drop')
      .at('ports')
      .add('loadHalfAtX', 0)
      .add('jumpEqual', 53, 'answer')
      .add('loadHalfAtX', 2)
      .add('jumpEqual', 53, 'question', 'drop')
      .at('answer')
      .add('loadMemory', memory.way)
      .add('jumpEqual', way.out, 'drop', 'give')
      .at('question')
      .add('loadMemory', memory.way)
      .add('jumpEqual', way.in, 'drop', 'give'),
  )
}

/** First four letters of the methods of HTTP and WebDAV. */
const methods = [
  'GET ',
  'POST',
  'HEAD',
  'PUT ',
  'DELE',
  'OPTI',
  'PATC',
  'CONN',
  'TRAC',
  'PROP',
  'MKCO',
  'MOVE',
  'COPY',
]
/** Ports of servers to which the rest of a greeting is looked for when it did not fit in one packet. */
const tlsPorts = [443, 8443]

/**
 * TCP packets that begin with an HTTP request or with the first message of TLS, to any port. The rest of a first message begins with
 * anything: to the usual ports short last packets of a write are given too, unless they begin with a TLS record.
 */
export function webFilter(): Buffer {
  const filter = program()
    .add('jumpEqual', tcp, undefined, 'drop')
    .add('loadHalfAtX', 2)
    .add('store', memory.port)
    .add('loadByteAtX', 13)
    .add('store', memory.flags)
    // The header's length is the upper half of its byte 12, in words.
    .add('loadByteAtX', 12)
    .add('shiftRight', 2)
    .add('and', 0x3c)
    .add('addX')
    .add('moveToX')
    .add('loadWordAtX', 0)
  for (const method of methods) filter.add('jumpEqual', Buffer.from(method).readUInt32BE(0), 'give')
  filter
    .add('shiftRight', 16)
    .add('jumpEqual', 0x1603, 'hello')
    .add('loadMemory', memory.flags)
    .add('jumpAnySet', pushed, undefined, 'drop')
    .add('loadLength')
    .add('jumpGreater', 1600, 'drop')
    .add('loadMemory', memory.port)
  for (const port of tlsPorts) filter.add('jumpEqual', port, 'rest')
  filter
    .jump('drop')
    .at('rest')
    .add('loadByteAtX', 0)
    .add('jumpGreater', 0x17, 'give')
    .add('jumpAtLeast', 0x14, 'drop', 'give')
    .at('hello')
    .add('loadByteAtX', 5)
    .add('jumpEqual', 1, 'give', 'drop')
  return end(filter)
}
