import type { ServerMessage } from '@quarry/schema/agent/messages'
import type WebSocket from 'ws'
import type { Endpoints } from '../endpoints/endpoints.ts'
import type { Recordings } from '../endpoints/recordings.ts'
import type { Reputation } from '../reputation/reputation.ts'
import type { Runs } from '../runs/runs.ts'
import { Budget } from './budget.ts'
import type { Hello } from './handshake.ts'
import type { Link } from './links.ts'
import { readMessage } from './read-message.ts'
import { openReputationDesk } from './reputation-desk.ts'

/** Bytes of a device that may wait to be stored before its socket is read no further. */
const maxPending = 4 << 20

export interface DeviceLink extends Link {
  /** Whether the device answers a ping in time. */
  answers(millis: number): Promise<boolean>
  /** Cuts the link without a word. */
  cut(): void
}

interface LinkParts {
  endpoints: Endpoints
  recordings: Recordings
  reputation: Reputation
  runs: Runs
  heartbeatSeconds: number
  /** The link is over. */
  closed(): void
  warn(detail: object, message: string): void
}

/** Serves the link of a device that has proved who it is. Reading begins with `resume` of the socket. */
export function openDeviceLink(socket: WebSocket, hello: Hello, parts: LinkParts): DeviceLink {
  const { endpointId, facts } = hello
  const { endpoints, recordings, runs } = parts
  const budget = new Budget()
  let pending = 0
  let waiting = false
  let over = false
  let heard = performance.now()
  let stalled = false

  const hear = () => {
    heard = performance.now()
    endpoints.presence.seen(endpointId)
  }
  const every = parts.heartbeatSeconds * 1000
  const heartbeat = setInterval(() => {
    if (performance.now() - heard > 2.5 * every) socket.terminate()
    else socket.ping()
  }, every)
  socket.on('ping', hear)
  socket.on('pong', hear)
  socket.on('error', () => {})
  socket.on('close', () => {
    over = true
    clearInterval(heartbeat)
    parts.closed()
  })

  const flow = () => {
    if (over) return
    if (waiting || pending > maxPending) socket.pause()
    else socket.resume()
  }
  const link: DeviceLink = {
    endpointId,
    sendText: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text)
    },
    send: (message: ServerMessage) => link.sendText(JSON.stringify(message)),
    buffered: () => socket.bufferedAmount,
    refuse(code, message) {
      parts.warn({ endpointId, code }, message)
      link.send({ type: 'refuse', code, message })
      over = true
      socket.resume()
      socket.close(1008, code)
      setTimeout(() => socket.terminate(), 2000).unref()
    },
    cut: () => socket.terminate(),
    answers(millis) {
      return new Promise((resolve) => {
        const settle = (alive: boolean) => {
          clearTimeout(timer)
          socket.off('pong', yes)
          resolve(alive)
        }
        const yes = () => settle(true)
        const timer = setTimeout(() => settle(false), millis)
        socket.on('pong', yes)
        socket.once('close', () => settle(false))
        // A paused socket would not hear the answer.
        socket.resume()
        if (socket.readyState === socket.OPEN) socket.ping()
        else settle(false)
      })
    },
  }

  const answerFiles = openReputationDesk(parts.reputation, link, parts.warn)
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (over || stalled) return
    hear()
    const message = binary ? 'The link carries text frames only.' : readMessage(data.toString())
    if (typeof message === 'string') return link.refuse('bad_message', message)
    const wait = budget.spend(data.length)
    if (wait > 0) {
      waiting = true
      setTimeout(() => {
        waiting = false
        flow()
      }, wait)
    }
    if (message.type === 'hello') return link.refuse('bad_message', 'The device has said hello already.')
    if (message.type === 'tables') {
      endpoints
        .setTables(endpointId, message.tables, message.functions ?? [])
        .catch((error) => parts.warn({ endpointId, err: error }, 'Tables of a device could not be kept'))
      return flow()
    }
    if (message.type === 'recording') {
      recordings
        .put(endpointId, message.recording)
        .catch((error) =>
          parts.warn({ endpointId, err: error }, 'What a device tells of its journals could not be kept'),
        )
      return flow()
    }
    if (message.type === 'reputation.ask') {
      answerFiles(message.files)
      return flow()
    }
    const { runId } = message
    const batch = message.type === 'batch' ? message : undefined
    pending += data.length
    runs.take({
      runId,
      endpointId,
      hostname: facts.hostname,
      bytes: data.length,
      ...(batch && { batch }),
      stale: () => stalled,
      settle(outcome) {
        pending -= data.length
        flow()
        if (over) return
        if (outcome.kind === 'foreign') {
          link.refuse('bad_message', `The run ${runId} is not for this device.`)
        } else if (outcome.kind === 'failed') stall(outcome.error)
        else if (batch) link.send({ type: 'ack', runId, sequence: batch.sequence })
      },
    })
    flow()
  })

  /**
   * Something could not be stored, for instance because the disk is full. What follows it would leave a gap, so the link ends; the
   * agent keeps what is not acknowledged and sends it again when it links anew.
   */
  function stall(error: Error): void {
    if (stalled) return
    stalled = true
    parts.warn({ endpointId, err: error }, 'Rows of a device could not be stored; they will come again')
    setTimeout(() => socket.close(1013, 'The server cannot store anything now.'), 2000).unref()
  }

  return link
}
