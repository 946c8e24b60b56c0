import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import type { Socket } from './socket.ts'

interface About {
  at: number
  process?: ProcessRef
  found?: boolean
}

/** The event of a new connection. `inbound`: the process serves the port that it was made to. */
export function connectionEvent(socket: Socket, inbound: boolean, about: About): SensorEvent {
  const { protocol, netns } = socket
  return {
    type: 'connection',
    ...about,
    protocol,
    direction: inbound ? 'inbound' : 'outbound',
    source: inbound ? socket.remote : socket.local,
    sourcePort: inbound ? socket.remotePort : socket.localPort,
    destination: inbound ? socket.local : socket.remote,
    destinationPort: inbound ? socket.localPort : socket.remotePort,
    ...(netns !== undefined && { netns }),
  }
}

/** The event of a listening socket that began or ended. */
export const listenEvent = (socket: Socket, ended: boolean, about: About): SensorEvent => ({
  type: 'listen',
  ...about,
  ended,
  protocol: socket.protocol,
  address: socket.local,
  port: socket.localPort,
})

/** Ports that are served among these sockets; a connection at one of them was accepted. */
export class ServedPorts {
  #ports = new Set<string>()

  add(socket: Socket): void {
    this.#ports.add(keyOf(socket))
  }

  has(socket: Socket): boolean {
    return this.#ports.has(keyOf(socket))
  }
}

const keyOf = ({ protocol, localPort, netns }: Socket) => `${protocol} ${localPort} ${netns ?? ''}`
