import type { SensorEvent } from '@quarry/schema/events'
import type { BoundedMap } from '../bounded-map.ts'
import { isEphemeral } from '../sockets/ephemeral.ts'
import { localAddress, sidesOf } from './endpoints.ts'
import { kind, kindOf, processOf, socketAt, u16, u64 } from './records.ts'
import type { RingRecord } from './ring.ts'

export interface TcpContext {
  /** Wall clock in milliseconds since 1970 of a moment in microseconds since boot. */
  wallMillis(micros: number): number
  /** When the source was opened, in milliseconds since 1970. */
  openedAt: number
  /** Folder in front of the host's paths. */
  root: string
  /** Ports at which something listened since the source was opened. */
  served: BoundedMap<number, true>
}

/** The events that a record of a TCP connection, or of a socket that listens, stands for. */
export function tcpEvent(record: RingRecord, context: TcpContext): SensorEvent | undefined {
  const at = context.wallMillis(u64(record, 8))
  const process = processOf(record)
  const began = u64(record, socketAt.began)
  switch (kindOf(record)) {
    case kind.connected:
    case kind.connectFailed:
      // When the process asked for it, not when the other side answered or never did.
      return { type: 'connection', at: context.wallMillis(began), process, ...sidesOf(record) }
    case kind.accepted:
      return { type: 'connection', at, process, ...sidesOf(record) }
    case kind.closed:
      return {
        type: 'flow',
        at,
        process,
        ...sidesOf(record, began === 0 ? serves(record, context) : undefined),
        startedAt: began === 0 ? context.openedAt : context.wallMillis(began),
        sent: u64(record, socketAt.sent),
        received: u64(record, socketAt.received),
      }
    case kind.listenBegan:
      context.served.set(u16(record, socketAt.localPort), true)
      return listenEvent(record, at, false)
    case kind.listenEnded:
      return listenEvent(record, at, true)
  }
  return undefined
}

/** Whether a connection whose beginning was not seen was taken rather than made, as far as its port tells. */
function serves(record: RingRecord, { root, served }: TcpContext): boolean {
  const port = u16(record, socketAt.localPort)
  return served.get(port) === true || !isEphemeral(root, port)
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
