import {
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  randomUUID,
  sign,
} from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { client } from '@quarry/schema'
import type { Facts } from '@quarry/schema/agent/facts'
import {
  type AgentMessage,
  linkPath,
  protocol,
  type ServerMessage,
  signedBytes,
} from '@quarry/schema/agent/messages'
import type { BatchColumn, QueryEnd } from '@quarry/schema/agent/query'
import { enrol } from '@quarry/schema/endpoints/agent'
import WebSocket from 'ws'

export type QueryMessage = Extract<ServerMessage, { type: 'query' }>

/** A device of a test: it speaks the protocol of the link over a real socket, and answers what the test tells it to. */
export interface TestDevice {
  readonly endpointId: string
  readonly hostname: string
  /** Every message of the server on every link, in order. */
  readonly received: ServerMessage[]
  /** Links and proves who it is; resolves when the server says welcome. @throws when it is refused */
  link(): Promise<void>
  /** Cuts the link without a word. */
  cut(): void
  /** Reads its socket no more, as a machine that has lost its network: it answers no ping. */
  hang(): void
  send(message: AgentMessage): void
  /** Sends a frame as it is. */
  sendRaw(frame: string | Buffer): void
  /** Resolves to the first message, past or coming, that fits. */
  wait<T extends ServerMessage>(fits: (message: ServerMessage) => message is T): Promise<T>
  query(runId?: string): Promise<QueryMessage>
  acked(runId: string, sequence: number): Promise<void>
  /** Sends rows in one batch that is the first and the last, and waits until it is acknowledged. */
  answer(runId: string, columns: BatchColumn[], rows: unknown[][], end?: Partial<QueryEnd>): Promise<void>
  /** Resolves to the code when the server closes the link. */
  closed(): Promise<number>
}

/** Facts of a made-up machine. */
export function testFacts(hostname: string, changes: Partial<Facts> = {}): Facts {
  return {
    hostname,
    machineId: randomUUID(),
    platform: 'linux',
    isServer: true,
    osName: 'Debian GNU/Linux 13',
    majorVersion: 13,
    minorVersion: 0,
    build: 0,
    kernel: '6.12.0',
    bootedAt: 1_790_000_000,
    ipv4Addresses: ['192.0.2.7'],
    ipv6Addresses: ['2001:db8::7'],
    macAddresses: ['02:00:00:00:00:07'],
    cpu: 'Test CPU',
    cores: 2,
    memoryBytes: 2 ** 31,
    vendor: 'Quarry',
    model: 'Test',
    agentVersion: '0.0.0-test',
    capabilities: [{ name: 'processes', state: 'on' }],
    ...changes,
  }
}

/** The end of a query that succeeded. */
export function testEnd(changes: Partial<QueryEnd> = {}): QueryEnd {
  return {
    status: 'succeeded',
    warnings: [],
    stats: { wallMillis: 12, cpuMillis: 5, pausedMillis: 0, peakMemoryBytes: 1 << 20, rows: 0, bytes: 0 },
    ...changes,
  }
}

/** Enrols a device with a token and returns it, not yet linked. */
export async function enrolTestDevice(
  url: string,
  token: string,
  hostname: string,
  facts: Partial<Facts> = {},
  { publicKey, privateKey }: KeyPairKeyObjectResult = generateKeyPairSync('ed25519'),
): Promise<TestDevice> {
  const all = testFacts(hostname, facts)
  const { endpointId } = await client(url)(enrol, {
    body: {
      token,
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      facts: all,
    },
  })
  return openTestDevice(url, endpointId, privateKey, all)
}

/** Returns a device that is enrolled already. */
export function openTestDevice(url: string, endpointId: string, key: KeyObject, facts: Facts): TestDevice {
  const received: ServerMessage[] = []
  const news = new EventEmitter().setMaxListeners(0)
  let socket: WebSocket | undefined

  async function wait<T extends ServerMessage>(
    fits: (message: ServerMessage) => message is T,
    from = 0,
  ): Promise<T> {
    for (let index = from; ; index++) {
      while (index >= received.length) await once(news, 'message')
      const message = received[index]!
      if (fits(message)) return message
    }
  }

  const device: TestDevice = {
    endpointId,
    hostname: facts.hostname,
    received,

    async link() {
      const from = received.length
      const opened = new WebSocket(url.replace(/^http/, 'ws') + linkPath, { perMessageDeflate: false })
      socket = opened
      opened.on('message', (data) => {
        received.push(JSON.parse(String(data)))
        news.emit('message')
      })
      opened.on('error', () => {})
      const { nonce } = await wait((m) => m.type === 'challenge', from)
      const signature = sign(null, signedBytes(nonce, endpointId), key).toString('base64')
      device.send({ type: 'hello', protocol, endpointId, signature, facts })
      const answer = await wait((m) => m.type === 'welcome' || m.type === 'refuse', from)
      if (answer.type === 'refuse') throw new Error(`${answer.code}: ${answer.message}`)
    },

    cut: () => socket?.terminate(),
    hang: () => socket?.pause(),
    send: (message) => device.sendRaw(JSON.stringify(message)),
    sendRaw: (frame) => socket!.send(frame),
    wait: (fits) => wait(fits),

    query: (runId) =>
      wait((m): m is QueryMessage => m.type === 'query' && (runId === undefined || m.runId === runId)),

    async acked(runId, sequence) {
      type Ack = Extract<ServerMessage, { type: 'ack' }>
      await wait((m): m is Ack => m.type === 'ack' && m.runId === runId && m.sequence >= sequence)
    },

    async answer(runId, columns, rows, end) {
      device.send({ type: 'batch', runId, sequence: 1, columns, rows: rows as never, end: testEnd(end) })
      await device.acked(runId, 1)
    },

    async closed() {
      if (!socket || socket.readyState === WebSocket.CLOSED) return 0
      const [code] = await once(socket, 'close')
      return code as number
    },
  }
  return device
}
