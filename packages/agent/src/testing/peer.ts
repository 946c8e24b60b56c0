import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { AgentMessage, type Batch, linkPath, signedBytes } from '@quarry/schema/agent/messages'
import { defaultLimits, type Limits } from '@quarry/schema/agent/query'
import { enrol } from '@quarry/schema/endpoints/agent'
import { type WebSocket, WebSocketServer } from 'ws'
import { eventually } from './eventually.ts'

export interface PeerOptions {
  tls?: { key: string; cert: string }
  port?: number
  heartbeatSeconds?: number
  /** Whether batches are acknowledged as they come. */
  acknowledge?: boolean
  /** Stays silent instead of answering pings. */
  deaf?: boolean
  /** Devices that were enrolled before: id to public key. */
  devices?: Map<string, string>
}

/** The other end of an agent's link, on 127.0.0.1: it speaks the contract and keeps a log of all that it heard. */
export interface Peer {
  readonly url: string
  readonly port: number
  /** Ids and keys of the devices that enrolled. */
  readonly devices: Map<string, string>
  readonly tokens: string[]
  /** Every message, in the order of arrival, over all links. */
  readonly heard: AgentMessage[]
  /** Links that were welcomed. */
  welcomes: number
  acknowledge: boolean
  refuse: { code: string; message: string } | undefined
  /** Runs that are not for this device: a batch of one ends the link. */
  readonly foreign: Set<string>
  batches(runId: string): Batch[]
  /** The batches of a run as a server stores them: the first of each sequence, in order. */
  stored(runId: string): Batch[]
  send(message: unknown): void
  ask(sql: string, options?: { runId?: string; limits?: Partial<Limits>; expiresInSeconds?: number }): string
  ended(runId: string): Promise<Batch>
  welcomed(count?: number): Promise<void>
  /** Breaks every link without a word. */
  cut(): void
  close(): Promise<void>
}

export async function openPeer(options: PeerOptions = {}): Promise<Peer> {
  const { tls, heartbeatSeconds = 20, port = 0, devices = new Map<string, string>() } = options
  const server: Server = tls ? createTlsServer(tls) : createServer()
  const sockets = new WebSocketServer({ server, path: linkPath, autoPong: !options.deaf })
  let live: WebSocket | undefined
  const tenantId = randomUUID()

  server.on('request', (request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      const body = enrol.body?.parse(JSON.parse(text))
      const answer = (status: number, value: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (!body || !peer.tokens.includes(body.token))
        return answer(401, { error: 'bad_enrolment_token', message: 'The enrolment token is unknown.' })
      const endpointId = [...devices].find(([, key]) => key === body.publicKey)?.[0] ?? randomUUID()
      devices.set(endpointId, body.publicKey)
      answer(201, { endpointId, tenantId })
    })
  })

  sockets.on('connection', (socket) => {
    const nonce = randomBytes(32).toString('base64')
    const send = (message: unknown) => socket.send(JSON.stringify(message))
    send({ type: 'challenge', nonce, serverTime: Date.now() })
    socket.on('message', (data) => {
      const message = AgentMessage.parse(JSON.parse(data.toString()))
      peer.heard.push(message)
      if (message.type === 'hello') {
        const key = devices.get(message.endpointId)
        if (peer.refuse) return send({ type: 'refuse', ...peer.refuse })
        if (!key) return send({ type: 'refuse', code: 'unknown_device', message: 'Nobody knows you.' })
        if (!signatureHolds(key, nonce, message.endpointId, message.signature))
          return send({ type: 'refuse', code: 'bad_signature', message: 'That is not your key.' })
        live = socket
        send({ type: 'welcome', heartbeatSeconds })
        peer.welcomes++
      } else if (message.type === 'batch' && peer.foreign.has(message.runId))
        send({ type: 'refuse', code: 'bad_message', message: 'That run is not for you.' })
      else if (message.type === 'batch' && peer.acknowledge)
        send({ type: 'ack', runId: message.runId, sequence: message.sequence })
    })
  })

  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const address = server.address() as AddressInfo
  const peer: Peer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}/`,
    port: address.port,
    devices,
    tokens: ['let-me-in'],
    heard: [],
    welcomes: 0,
    acknowledge: options.acknowledge ?? true,
    refuse: undefined,
    foreign: new Set(),
    batches: (runId) =>
      peer.heard.filter((message): message is Batch => message.type === 'batch' && message.runId === runId),
    stored(runId) {
      const first = new Map<number, Batch>()
      for (const batch of peer.batches(runId))
        if (!first.has(batch.sequence)) first.set(batch.sequence, batch)
      return [...first.values()].sort((a, b) => a.sequence - b.sequence)
    },
    send: (message) => live?.send(JSON.stringify(message)),
    ask(sql, { runId = randomUUID(), limits, expiresInSeconds = 300 } = {}) {
      const request = { sql, readable: [], limits: { ...defaultLimits, ...limits } }
      peer.send({ type: 'query', runId, request, expiresInSeconds })
      return runId
    },
    ended: (runId) => eventually(() => peer.batches(runId).find(({ end }) => end)),
    async welcomed(count = 1) {
      await eventually(() => peer.welcomes >= count)
    },
    cut() {
      for (const socket of sockets.clients) socket.terminate()
    },
    async close() {
      peer.cut()
      sockets.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return peer
}

function signatureHolds(key: string, nonce: string, endpointId: string, signature: string): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
  return verify(null, signedBytes(nonce, endpointId), publicKey, Buffer.from(signature, 'base64'))
}
