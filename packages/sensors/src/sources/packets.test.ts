import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { get } from 'node:http'
import { type AddressInfo, connect as connectPlain, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { SensorEvent } from '@quarry/schema/events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientHello } from '../testing/client-hello.ts'
import { type Alone, openAlone } from '../testing/open-alone.ts'
import source from './packets.ts'

const process_ = { pid: process.pid, startTicks: 1 }
const possible = await openAlone(source).then(
  (alone) => alone.close().then(() => true),
  () => false,
)
/** An address of this test run, so that its ports are free. */
const host = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`

describe.skipIf(!possible)('packets (needs CAP_NET_RAW)', () => {
  let alone: Alone
  const servers: Server[] = []
  const found = <T extends SensorEvent['type']>(
    type: T,
    test: (event: SensorEvent & { type: T }) => boolean,
  ) =>
    alone.events.find(
      (event): event is SensorEvent & { type: T } => event.type === type && test(event as never),
    )

  /** A server that takes what comes and says nothing. */
  async function listen(address: string, port = 0) {
    const server = createServer((socket: Socket) => socket.on('error', () => {}).resume())
    servers.push(server)
    server.listen(port, address)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  beforeAll(async () => {
    alone = await openAlone(source, { whoseFlow: ({ localPort }) => (localPort > 0 ? process_ : undefined) })
  })
  afterAll(async () => {
    await alone.close()
    for (const server of servers) server.close()
  })

  test('tells an HTTP request on any port', async () => {
    const port = await listen('127.0.0.1')
    const request = get({
      host: '127.0.0.1',
      port,
      path: '/a?b=c&token=t',
      headers: { 'user-agent': 'quarry-test', cookie: 'x=y' },
    })
    request.on('error', () => {})
    await alone.until(() => !!found('http', (event) => event.destinationPort === port))
    request.destroy()
    expect(found('http', (event) => event.destinationPort === port)).toEqual({
      type: 'http',
      at: expect.any(Number),
      process: process_,
      direction: 'outbound',
      protocol: 6,
      source: '127.0.0.1',
      sourcePort: expect.any(Number),
      destination: '127.0.0.1',
      destinationPort: port,
      method: 'GET',
      url: `http://127.0.0.1:${port}/a?b=c&token=***`,
      userAgent: 'quarry-test',
      headers: expect.stringMatching(/^user-agent: quarry-test\nHost: /),
    })
    expect(
      alone.events.filter((event) => event.type === 'http' && event.destinationPort === port),
    ).toHaveLength(1)
  })

  test.each(['127.0.0.1', '::1'])('tells the name of a TLS server on any port of %s', async (address) => {
    const port = await listen(address)
    const client = connectTls({ host: address, port, servername: 'name.example' }).on('error', () => {})
    await alone.until(() => !!found('tlsName', (event) => event.destinationPort === port))
    client.destroy()
    expect(found('tlsName', (event) => event.destinationPort === port)).toMatchObject({
      name: 'name.example',
      destination: address,
      process: process_,
    })
  })

  test('finds a name in the second of two packets', async () => {
    await listen(host, 443)
    const hello = await clientHello('split.example')
    const client = connectPlain({ host, port: 443, noDelay: true })
    await once(client, 'connect')
    client.write(hello.subarray(0, 60))
    await new Promise((resolve) => setTimeout(resolve, 50))
    client.write(hello.subarray(60))
    await alone.until(() => !!found('tlsName', (event) => event.destination === host))
    client.destroy()
    expect(found('tlsName', (event) => event.destination === host)).toMatchObject({ name: 'split.example' })
  })

  test('joins thousands of questions with their answers and loses none', async () => {
    const count = 2000
    const server = createSocket('udp4')
    server.bind(53, host)
    await once(server, 'listening')
    server.on('message', (message, from) => server.send(answerTo(message), from.port, from.address))
    const client = createSocket('udp4')
    client.bind(0, host)
    await once(client, 'listening')
    const mine = () => alone.events.filter((event) => event.type === 'dns' && event.server === host)
    for (let id = 0; id < count; id += 1) {
      client.send(question(id), 53, host)
      if (id % 200 === 199) await alone.until(() => mine().length === id + 1)
    }
    await alone.until(() => mine().length >= count)
    client.close()
    server.close()
    expect(mine()).toHaveLength(count)
    expect(mine()[7]).toEqual({
      type: 'dns',
      at: expect.any(Number),
      process: process_,
      name: 'n7.quarry.test',
      question: 'A',
      answers: ['192.0.2.7'],
      responseCode: 'NOERROR',
      server: host,
    })
    expect(alone.open.lost()).toEqual({})
  })
})

function question(id: number): Buffer {
  const name = [`n${id}`, 'quarry', 'test'].flatMap((label) => [label.length, ...Buffer.from(label)])
  return Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...name, 0, 0, 1, 0, 1])
}

function answerTo(message: Buffer): Buffer {
  const answer = Buffer.concat([
    message,
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, message[1]!]),
  ])
  answer[2] = 0x81
  answer[3] = 0x80
  answer[7] = 1
  return answer
}
