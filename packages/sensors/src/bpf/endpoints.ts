import { addressText } from '../address.ts'
import { socketAt, u8, u16, u32 } from './records.ts'
import type { RingRecord } from './ring.ts'

/** Both sides of a socket, in words of events. */
export interface Sides {
  protocol: number
  direction: 'outbound' | 'inbound'
  source: string
  sourcePort: number
  destination: string
  destinationPort: number
  netns: number
}

const IPV4 = 2
const MOST = 20_000

/** Texts of addresses, since the same few come again and again. Emptied when full. */
const texts = new Map<string | number, string>()

/**
 * The two sides of the socket that a record tells of: the process's own one is the source of an outbound connection.
 * @param inbound who connected, where the record does not know
 */
export function sidesOf(record: RingRecord, inbound = u8(record, socketAt.inbound) === 1): Sides {
  const remote = address(record, socketAt.remote, u16(record, socketAt.remoteFamily))
  const local = own(address(record, socketAt.local, u16(record, socketAt.family)), remote)
  const localPort = u16(record, socketAt.localPort)
  const remotePort = u16(record, socketAt.remotePort)
  const protocol = u16(record, socketAt.protocol)
  const netns = u32(record, socketAt.netns)
  return inbound
    ? {
        protocol,
        direction: 'inbound',
        source: remote,
        sourcePort: remotePort,
        destination: local,
        destinationPort: localPort,
        netns,
      }
    : {
        protocol,
        direction: 'outbound',
        source: local,
        sourcePort: localPort,
        destination: remote,
        destinationPort: remotePort,
        netns,
      }
}

/** The address that a socket is bound to. */
export function localAddress(record: RingRecord): string {
  return address(record, socketAt.local, u16(record, socketAt.family))
}

/** A socket that is bound to no address sends to loopback from there. */
function own(local: string, remote: string): string {
  if (local === '0.0.0.0' || local === '::') {
    if (remote.startsWith('127.')) return '127.0.0.1'
    if (remote === '::1') return '::1'
    // A socket of IPv6 that speaks IPv4.
    if (local === '::' && remote.includes('.')) return '0.0.0.0'
  }
  return local
}

function address(record: RingRecord, offset: number, family: number): string {
  const start = record.at + offset
  const key = family === IPV4 ? u32(record, offset) : record.bytes.toString('latin1', start, start + 16)
  const known = texts.get(key)
  if (known !== undefined) return known
  if (texts.size >= MOST) texts.clear()
  const text = addressText(record.bytes.subarray(start, start + (family === IPV4 ? 4 : 16)))
  texts.set(key, text)
  return text
}
