import type { SensorEvent } from '@quarry/schema/events'
import { localAddress, sidesOf } from './endpoints.ts'
import { kind, kindOf, processOf, socketAt, u16, u64 } from './records.ts'
import type { RingRecord } from './ring.ts'

/** The events that a record of a TCP connection, or of a socket that listens, stands for. */
export function tcpEvent(
  record: RingRecord,
  wallMillis: (micros: number) => number,
): SensorEvent | undefined {
  const at = wallMillis(u64(record, 8))
  const process = processOf(record)
  switch (kindOf(record)) {
    case kind.connected:
    case kind.connectFailed:
      // When the process asked for it, not when the other side answered or never did.
      return { type: 'connection', at: wallMillis(u64(record, socketAt.began)), process, ...sidesOf(record) }
    case kind.accepted:
      return { type: 'connection', at, process, ...sidesOf(record) }
    case kind.closed:
      return {
        type: 'flow',
        at,
        process,
        ...sidesOf(record),
        startedAt: wallMillis(u64(record, socketAt.began)),
        sent: u64(record, socketAt.sent),
        received: u64(record, socketAt.received),
      }
    case kind.listenBegan:
    case kind.listenEnded:
      return listenEvent(record, at, kindOf(record) === kind.listenEnded)
  }
  return undefined
}

/** A socket that began or ceased to listen, at the wall clock `at` in milliseconds. */
export function listenEvent(
  record: RingRecord,
  at: number,
  ended: boolean,
): Extract<SensorEvent, { type: 'listen' }> {
  return {
    type: 'listen',
    at,
    process: processOf(record),
    ended,
    protocol: u16(record, socketAt.protocol),
    address: localAddress(record),
    port: u16(record, socketAt.localPort),
  }
}
