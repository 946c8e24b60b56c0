import { linkPath, maxFrameBytes } from '@quarry/schema/agent/messages'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Ground } from '../context.ts'
import type { Endpoints } from '../endpoints/endpoints.ts'
import type { Recordings } from '../endpoints/recordings.ts'
import type { Reputation } from '../reputation/reputation.ts'
import type { Runs } from '../runs/runs.ts'
import { type DeviceLink, openDeviceLink } from './device-link.ts'
import { greet, type Refusal } from './handshake.ts'
import type { Links } from './links.ts'

const heartbeatSeconds = 30
/** How long the first of two links may take to show that it lives, in milliseconds. */
const provesLifeMillis = 3000
/** Connections of which it is not yet known who they are. */
const maxStrangers = 1000

/**
 * Serves the WebSocket of the devices. A device has one link: when a second one comes while the first still answers, two
 * machines use one key, and the second is refused; when the first is dead, the second replaces it.
 */
export function openGateway(
  ground: Ground,
  {
    endpoints,
    recordings,
    reputation,
    runs,
    links,
  }: { endpoints: Endpoints; recordings: Recordings; reputation: Reputation; runs: Runs; links: Links },
): void {
  const { upgrades, log, onClosed, closing } = ground
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })
  const open = new Map<string, DeviceLink>()
  let strangers = 0

  upgrades.set(linkPath, (request, socket, head) => {
    if (strangers >= maxStrangers || closing.aborted) {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => {})
      strangers++
      admit(webSocket)
        .catch((error) => {
          log.error({ err: error }, 'A device could not be let in')
          webSocket.close(1011)
        })
        .finally(() => strangers--)
    })
  })

  closing.addEventListener('abort', () => {
    for (const socket of server.clients) {
      socket.close(1001, 'The server stops.')
      setTimeout(() => socket.terminate(), 500).unref()
    }
  })
  onClosed.push(() => {
    for (const socket of server.clients) socket.terminate()
  })

  async function admit(socket: WebSocket): Promise<void> {
    const hello = await greet(socket, endpoints)
    if (hello === undefined) return
    if ('code' in hello) return refuse(socket, hello)
    const { endpointId, facts } = hello

    const first = open.get(endpointId)
    if (first && (await first.answers(provesLifeMillis))) {
      await endpoints.markCloned(endpointId)
      const message = 'Another machine is linked with the key of this device; enrol each machine on its own.'
      log.warn({ endpointId, hostname: facts.hostname }, message)
      return refuse(socket, { code: 'device_cloned', message })
    }
    if (first) {
      first.cut()
      forget(first)
    }
    if (socket.readyState !== socket.OPEN) return

    const link = openDeviceLink(socket, hello, {
      endpoints,
      recordings,
      reputation,
      runs,
      heartbeatSeconds,
      closed: () => {
        if (forget(link) && !closing.aborted) {
          endpoints.presence
            .lost(endpointId)
            .catch((error) => log.error({ err: error, endpointId }, 'The state of a device was not written'))
        }
      },
      warn: (detail, message) => log.warn(detail, message),
    })
    open.set(endpointId, link)
    await endpoints.presence.linked(endpointId, facts)
    // Forgotten, replaced or gone in the meantime.
    if (open.get(endpointId) !== link) return
    if (!(await endpoints.credentials(endpointId))) {
      return link.refuse('unknown_device', 'This device was removed; enrol it again.')
    }
    link.send({ type: 'welcome', heartbeatSeconds })
    links.set(link)
    socket.resume()
    await runs.sendUnfinished(link)
  }

  function forget(link: DeviceLink): boolean {
    links.delete(link)
    return open.get(link.endpointId) === link && open.delete(link.endpointId)
  }
}

function refuse(socket: WebSocket, { code, message }: Refusal): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type: 'refuse', code, message }))
  socket.resume()
  socket.close(1008, code)
  setTimeout(() => socket.terminate(), 2000).unref()
}
