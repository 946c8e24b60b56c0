import type { Facts } from '@quarry/schema/agent/facts'
import { linkPath, maxFrameBytes, protocol, ServerMessage } from '@quarry/schema/agent/messages'
import WebSocket from 'ws'
import { reconnect, refused, waitBefore } from './backoff.ts'
import { watchHeartbeat } from './heartbeat.ts'
import type { Log } from './log.ts'
import { messageOf } from './start-error.ts'

export type Refusal = Extract<ServerMessage, { type: 'refuse' }>
export type Order = Extract<
  ServerMessage,
  { type: 'query' | 'cancel' | 'ack' | 'reputation.put' | 'reputation.reset' }
>

export interface LinkOptions {
  endpointId: string
  server: string
  ca?: string
  answer: (nonce: string, endpointId: string) => string
  facts: () => Facts
  log: Log
  /** The server knows us; `send` works until `down`. */
  up: (send: (frame: string) => void) => void
  down: () => void
  order: (order: Order) => void
  /** The server does not want us. Resolves to true when the cause is mended and the next attempt may come at once. */
  refusal: (refusal: Refusal) => Promise<boolean>
}

/** Time for the server's challenge and welcome, in milliseconds. */
const handshakeMillis = 15_000
/** A link that held this long was a good one: the next wait begins from the shortest. */
const steadyMillis = 5_000

/** Holds the WebSocket to the server: connects, proves who we are, and connects again whenever the link breaks. */
export function openLink(options: LinkOptions): { close(): void } {
  const { log, server } = options
  let socket: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let attempt = 0
  let closed = false

  async function connectOnce() {
    const { refusal, upMillis, reason } = await holdLink(options, (opened) => {
      socket = opened
    })
    if (closed) return
    if (upMillis > steadyMillis) attempt = 0
    const mended = refusal ? await options.refusal(refusal) : false
    if (closed) return
    const wait = refusal && !mended ? waitBefore(refused, attempt) : waitBefore(reconnect, attempt)
    attempt++
    const next = `next attempt in ${(wait / 1000).toFixed(1)} s`
    if (refusal)
      log.error({ code: refusal.code }, `${server} refuses this device: ${refusal.message} (${next})`)
    else log.warn({ reason }, `No link to ${server}: ${reason} (${next})`)
    timer = setTimeout(connectOnce, wait)
  }
  void connectOnce()

  return {
    close() {
      closed = true
      clearTimeout(timer)
      if (socket?.readyState === WebSocket.OPEN) socket.close(1001, 'The agent stops.')
      else socket?.terminate()
      // A server that does not answer the close must not keep the agent alive.
      setTimeout(() => socket?.terminate(), 500).unref()
    },
  }
}

interface LinkEnd {
  reason: string
  refusal?: Refusal
  upMillis: number
}

/** Opens one WebSocket and resolves when it is over. Never rejects. */
function holdLink(options: LinkOptions, opened: (socket: WebSocket) => void): Promise<LinkEnd> {
  const { endpointId, ca, log } = options
  const { promise, resolve } = Promise.withResolvers<LinkEnd>()
  const socket = new WebSocket(linkAddress(options.server), {
    maxPayload: maxFrameBytes,
    handshakeTimeout: handshakeMillis,
    perMessageDeflate: false,
    ...(ca && { ca }),
  })
  opened(socket)
  let reason = ''
  let refusal: Refusal | undefined
  let upSince: number | undefined
  let stopHeartbeat = () => {}
  const handshake = setTimeout(
    () => giveUp('the server did not answer the handshake in time'),
    handshakeMillis,
  )

  function giveUp(why: string) {
    reason ||= why
    socket.terminate()
  }
  const send = (frame: string) => socket.readyState === WebSocket.OPEN && socket.send(frame)

  socket.on('message', (data, binary) => {
    // The link is being given up already; the other side may take its time to see it.
    if (reason || refusal) return
    const message = parseMessage(data.toString(), binary)
    if (typeof message === 'string') {
      reason = `the server sent a wrong message: ${message}`
      return socket.close(1008, message.slice(0, 100))
    }
    if (message.type === 'challenge') {
      const signature = options.answer(message.nonce, endpointId)
      send(JSON.stringify({ type: 'hello', protocol, endpointId, signature, facts: options.facts() }))
    } else if (message.type === 'refuse') {
      refusal = message
      socket.close(1000)
    } else if (message.type === 'welcome') {
      clearTimeout(handshake)
      upSince = performance.now()
      stopHeartbeat = watchHeartbeat(socket, message.heartbeatSeconds, giveUp)
      log.info(`Linked to ${options.server}`)
      options.up(send)
    } else if (upSince !== undefined) options.order(message)
  })
  socket.on('error', (error) => {
    reason ||= messageOf(error) || 'the server cannot be reached'
  })
  socket.on('close', (code, text) => {
    clearTimeout(handshake)
    stopHeartbeat()
    if (upSince !== undefined) options.down()
    reason ||= text.toString() || `the connection was closed (${code})`
    resolve({
      reason,
      upMillis: upSince === undefined ? 0 : performance.now() - upSince,
      ...(refusal && { refusal }),
    })
  })
  return promise
}

/** Returns the address of the link on a server: http becomes ws, https wss. */
export function linkAddress(server: string): URL {
  const url = new URL(linkPath, server)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}

/** Returns the message, or why it is none. */
function parseMessage(text: string, binary: boolean): ServerMessage | string {
  if (binary) return 'it is binary'
  try {
    const parsed = ServerMessage.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    return `${issue?.path.join('.') || 'message'}: ${issue?.message}`
  } catch {
    return 'it is not JSON'
  }
}
