import type { DnsJoin } from '../dns/join.ts'
import { type DnsMessage, parseDnsMessage } from '../dns/parse-message.ts'
import { sidesOf } from './endpoints.ts'
import { processOf, socketAt, u8, u16, u64 } from './records.ts'
import type { RingRecord } from './ring.ts'

const TCP = 6

/** Hands a message between a process and a DNS server to the one who joins questions with answers. */
export function takeDns(record: RingRecord, join: DnsJoin, wallMillis: (micros: number) => number): void {
  const start = record.at + socketAt.payload
  const bytes = record.bytes.subarray(start, start + u16(record, socketAt.payloadBytes))
  const message = readMessage(bytes, u16(record, socketAt.protocol) === TCP)
  const answer = u8(record, socketAt.answer) === 1
  if (!message || message.response !== answer) return
  const { source, sourcePort, destination, destinationPort, direction, netns } = sidesOf(record)
  const outbound = direction === 'outbound'
  const traffic = {
    at: wallMillis(u64(record, 8)),
    process: processOf(record),
    port: outbound ? sourcePort : destinationPort,
    server: outbound ? destination : source,
    netns,
    message,
  }
  if (answer) join.answered(traffic)
  else join.asked(traffic)
}

/** Over TCP two bytes with the length come first, unless the program read or wrote them by themselves. */
function readMessage(bytes: Buffer, tcp: boolean): DnsMessage | undefined {
  if (!tcp) return parseDnsMessage(bytes)
  const length = bytes.readUInt16BE(0)
  const prefixed = length >= 17 && length <= bytes.length - 2
  return (prefixed ? parseDnsMessage(bytes.subarray(2)) : undefined) ?? parseDnsMessage(bytes)
}
