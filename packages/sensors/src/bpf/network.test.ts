import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BootClock } from '../clock.ts'
import { libc } from '../libc.ts'
import { type Here, openHere, processNow, whyNoBpf } from './testing/open-here.ts'

const why = whyNoBpf()
const mine = () => processNow(process.pid)
const netns = (pid: number | 'self') => Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0])

/** A TCP server that answers 10 bytes to the end of what it is sent, and closes. */
async function serve(host: string) {
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    socket.resume()
    socket.on('end', () => socket.end('0123456789'))
  })
  server.listen(0, host)
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function sendTo(host: string, port: number, bytes: number) {
  const socket = connect({ host, port })
  await once(socket, 'connect')
  const { localPort } = socket
  socket.resume()
  socket.end(Buffer.alloc(bytes))
  await once(socket, 'close')
  return localPort!
}

describe.skipIf(why)(`network by BPF${why ? ` (skipped: ${why})` : ''}`, () => {
  let here: Here
  beforeAll(async () => {
    here = await openHere()
  })
  afterAll(async () => {
    await here.close()
  })

  test.each(['127.0.0.1', '::1'])('TCP over %s: both sides, bytes both ways', async (host) => {
    const { server, port } = await serve(host)
    const began = await here.event('listen', (event) => event.port === port && !event.ended)
    expect(began).toMatchObject({ protocol: 6, address: host, process: mine() })
    const sourcePort = await sendTo(host, port, 1_000_000)
    for (const direction of ['outbound', 'inbound'] as const) {
      const sides = {
        ...{ protocol: 6, direction, source: host, sourcePort, destination: host, destinationPort: port },
        ...{ netns: netns('self'), process: mine() },
      }
      const wanted = (event: { destinationPort: number; direction: string }) =>
        event.destinationPort === port && event.direction === direction
      const connection = await here.event('connection', wanted)
      expect(connection).toMatchObject(sides)
      const flow = await here.event('flow', wanted)
      const bytes =
        direction === 'outbound' ? { sent: 1_000_000, received: 10 } : { sent: 10, received: 1_000_000 }
      expect(flow).toMatchObject({ ...sides, ...bytes, startedAt: connection.at })
      expect(flow.at).toBeGreaterThanOrEqual(flow.startedAt)
    }
    server.close()
    const ended = await here.event('listen', (event) => event.port === port && event.ended)
    expect(ended).toMatchObject({ protocol: 6, address: host, process: mine() })
  })

  test('IPv4 through a socket of IPv6 is IPv4', async () => {
    const { server, port } = await serve('::')
    await sendTo('127.0.0.1', port, 5)
    const flow = await here.event(
      'flow',
      (event) => event.destinationPort === port && event.direction === 'inbound',
    )
    expect(flow).toMatchObject({ source: '127.0.0.1', destination: '127.0.0.1', received: 5 })
    server.close()
  })

  test('a connection that was refused is one, without a flow', async () => {
    const { server, port } = await serve('127.0.0.1')
    server.close()
    await once(server, 'close')
    await expect(sendTo('127.0.0.1', port, 1)).rejects.toThrow('ECONNREFUSED')
    const event = await here.event('connection', (event) => event.destinationPort === port)
    expect(event).toMatchObject({ direction: 'outbound', source: '127.0.0.1', process: mine() })
    expect(event.sourcePort).toBeGreaterThan(0)
    expect(here.all('flow', (flow) => flow.destinationPort === port)).toEqual([])
  })

  test('UDP is counted for each pair of addresses and told when the socket closes', async () => {
    const server = createSocket('udp4', (message, from) => server.send(message.subarray(0, 4), from.port))
    server.bind(45_353, '127.0.0.1')
    await once(server, 'listening')
    const listen = await here.event('listen', ({ port, ended }) => port === 45_353 && !ended)
    expect(listen).toMatchObject({ protocol: 17, address: '127.0.0.1', process: mine() })
    const client = createSocket('udp4')
    for (let round = 0; round < 5; round++) {
      client.send(Buffer.alloc(100), 45_353, '127.0.0.1')
      await once(client, 'message')
    }
    const sourcePort = client.address().port
    await new Promise<void>((closed) => client.close(closed))
    await new Promise<void>((closed) => server.close(closed))
    const wanted = (direction: string) => (event: { destinationPort: number; direction: string }) =>
      event.destinationPort === 45_353 && event.direction === direction
    const sides = { protocol: 17, source: '127.0.0.1', sourcePort, destination: '127.0.0.1', process: mine() }
    const out = await here.event('flow', wanted('outbound'))
    expect(out).toMatchObject({ ...sides, sent: 500, received: 20 })
    expect(await here.event('flow', wanted('inbound'))).toMatchObject({ ...sides, sent: 20, received: 500 })
    for (const direction of ['outbound', 'inbound'])
      expect(here.all('connection', wanted(direction))).toHaveLength(1)
    await here.event('listen', ({ port, ended }) => port === 45_353 && ended)
  })

  test.each([-3_600_000, 3_600_000])(
    'a flow of UDP is as long as it was when the clock is set by %i ms',
    async (step) => {
      const clock = new BootClock(libc)
      let set = 0
      const own = await openHere({ wallMillis: (nanos) => clock.wallMillis(nanos) + set })
      const socket = createSocket('udp4')
      await new Promise((sent) => socket.send('hello', 45_355, '127.0.0.1', sent))
      const began = await own.event('connection', (event) => event.destinationPort === 45_355)
      set = step
      await new Promise<void>((closed) => socket.close(closed))
      const flow = await own.event('flow', (event) => event.destinationPort === 45_355)
      expect(flow.startedAt - began.at).toBe(step)
      expect(flow.at - flow.startedAt).toBeGreaterThanOrEqual(0)
      expect(flow.at - flow.startedAt).toBeLessThan(60_000)
      await own.close()
    },
  )

  test('UDP ends with its process', async () => {
    const script = `const udp = require('node:dgram').createSocket('udp4')
      udp.bind(45354, '127.0.0.1', () => udp.send('hello', 9, '127.0.0.1', () => process.kill(process.pid, 'SIGKILL')))`
    const { pid } = spawnSync(process.execPath, ['-e', script])
    const flow = await here.event('flow', (event) => event.process?.pid === pid)
    expect(flow).toMatchObject({
      protocol: 17,
      direction: 'outbound',
      sourcePort: 45_354,
      sent: 5,
      received: 0,
    })
    await here.event('listen', (event) => event.process?.pid === pid && event.ended)
  })

  test('a ping is a connection of ICMP', async ({ skip }) => {
    const { pid, error } = spawnSync('ping', ['-c', '1', '-w', '5', '127.0.0.1'])
    if (error) skip('ping is not installed.')
    const event = await here.event(
      'connection',
      ({ process, protocol }) => process?.pid === pid && protocol === 1,
    )
    expect(event).toMatchObject({ direction: 'outbound', destination: '127.0.0.1' })
  })

  test('in another network namespace', async () => {
    const script = `const { createServer, connect } = require('node:net')
      const server = createServer((socket) => socket.end('bye')).listen(8080, '127.0.0.1', () =>
        connect(8080, '127.0.0.1').resume().on('close', () => server.close()))
      console.log(require('node:fs').readlinkSync('/proc/self/ns/net'))`
    const inside = spawn('unshare', [
      '-n',
      'sh',
      '-c',
      `ip link set lo up; exec "$0" -e "$1"`,
      process.execPath,
      script,
    ])
    const [output] = await once(inside.stdout, 'data')
    const its = Number(/\d+/.exec(String(output))?.[0])
    expect(its).not.toBe(netns('self'))
    for (const direction of ['outbound', 'inbound']) {
      const flow = await here.event('flow', (event) => event.netns === its && event.direction === direction)
      expect(flow).toMatchObject({
        ...{ source: '127.0.0.1', destination: '127.0.0.1', destinationPort: 8080 },
        process: { pid: inside.pid },
      })
    }
  })

  test('the agent’s own traffic is left out, what it started is not', async () => {
    const own = await openHere({ isOwn: (pid) => pid === process.pid })
    const { server, port } = await serve('127.0.0.1')
    await sendTo('127.0.0.1', port, 1)
    const script = `require('node:net').connect(${port}, '127.0.0.1').end('x').resume()`
    const { pid } = spawn(process.execPath, ['-e', script])
    await own.event('connection', (event) => event.destinationPort === port)
    expect(own.events.filter((event) => event.process?.pid === process.pid)).toEqual([])
    expect(own.all('connection', (event) => event.destinationPort === port)).toMatchObject([
      { process: { pid } },
    ])
    server.close()
    await own.close()
  })
})
