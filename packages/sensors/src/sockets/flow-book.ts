import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import type { Socket } from './socket.ts'
import { connectionEvent } from './socket-events.ts'

type Connection = SensorEvent & { type: 'connection' }

/** As many open connections as can be told of with their start and process when they end. */
const MOST = 50_000

/** Joins the end of a connection, which the kernel tells without its process, to its begin. */
export class FlowBook {
  #open = new BoundedMap<string, { at: number; process?: ProcessRef; inbound: boolean }>(MOST)

  /** Takes note of a connection that began. */
  note(event: Connection): void {
    this.#open.set(ownSideOf(event), {
      at: event.at,
      process: event.process,
      inbound: event.direction === 'inbound',
    })
  }

  /** Whether a connection was told of and has not ended. */
  has(event: Connection): boolean {
    return this.#open.get(ownSideOf(event)) !== undefined
  }

  knows(socket: Socket): boolean {
    return this.#open.get(keyOf(socket)) !== undefined
  }

  /**
   * The flow of a socket that the kernel frees, and its begin before it when nobody has told of that.
   * @param isServed whether a port is listened at, which decides the direction of a flow whose begin was missed.
   */
  end(socket: Socket, at: number, isServed: (socket: Socket) => boolean): SensorEvent[] {
    const key = keyOf(socket)
    const begun = this.#open.get(key)
    this.#open.delete(key)
    const inbound = begun?.inbound ?? isServed(socket)
    const process = begun?.process
    const connection = connectionEvent(socket, inbound, { at, process }) as Connection
    // Bytes of datagram sockets are not counted by the kernel.
    const flow: SensorEvent = {
      ...connection,
      type: 'flow',
      startedAt: begun?.at ?? at,
      sent: socket.sent ?? 0,
      received: socket.received ?? 0,
    }
    return begun ? [flow] : [connection, flow]
  }
}

function ownSideOf({
  direction,
  protocol,
  source,
  sourcePort,
  destination,
  destinationPort,
}: Connection): string {
  return direction === 'inbound'
    ? textOf(protocol, destination, destinationPort, source, sourcePort)
    : textOf(protocol, source, sourcePort, destination, destinationPort)
}

const textOf = (protocol: number, local: string, localPort: number, remote: string, remotePort: number) =>
  `${protocol} ${local} ${localPort} ${remote} ${remotePort}`
const keyOf = (socket: Socket) =>
  textOf(socket.protocol, socket.local, socket.localPort, socket.remote, socket.remotePort)
