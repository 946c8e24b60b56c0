import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readRef } from '../proc/process-stat.ts'
import { watch } from '../testing/watch.ts'

const skip = process.getuid?.() !== 0

/** A server that answers `reply` and ends once the client has. */
async function serve(reply: string) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', () => undefined)
    socket.on('end', () => socket.end(reply))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as { port: number }).port }
}

test.skipIf(skip)(
  'tells both sides of a connection with their process, and its bytes at its end',
  async () => {
    await using watched = await watch(['inet_diag'])
    const { server, port } = await serve('y'.repeat(500))
    await watched.first('listen', (event) => event.port === port && !event.ended)
    const client = connect(port, '127.0.0.1')
    await once(client, 'connect')
    const flow = {
      source: '127.0.0.1',
      sourcePort: client.localPort,
      destination: '127.0.0.1',
      destinationPort: port,
    }
    for (const direction of ['outbound', 'inbound'] as const) {
      const seen = await watched.first(
        'connection',
        (event) => event.destinationPort === port && event.direction === direction,
      )
      expect(seen).toMatchObject({ ...flow, protocol: 6, process: readRef('', process.pid) })
    }
    client.end('x'.repeat(1000))
    client.resume()
    await once(client, 'close')
    server.close()
    for (const [direction, sent, received] of [
      ['outbound', 1000, 500],
      ['inbound', 500, 1000],
    ] as const) {
      const ended = await watched.first(
        'flow',
        (event) => event.destinationPort === port && event.direction === direction,
      )
      expect(ended).toMatchObject({ ...flow, process: readRef('', process.pid), sent })
      // The kernel counts the end mark of the other side as a byte.
      expect([received, received + 1]).toContain(ended.received)
      expect(ended.startedAt).toBeLessThanOrEqual(ended.at)
    }
    await watched.first('listen', (event) => event.port === port && event.ended)
  },
)

test.skipIf(skip)(
  'tells a connection that was over before it could be listed, without its process',
  async () => {
    await using watched = await watch(['inet_diag'])
    const { server, port } = await serve('yes')
    await watched.first('listen', (event) => event.port === port && !event.ended)
    const client = connect(port, '127.0.0.1')
    const ports = once(client, 'connect').then(() => client.localPort)
    client.end('no')
    client.resume()
    const sourcePort = await ports
    const ended = await watched.first(
      'flow',
      (event) => event.sourcePort === sourcePort && event.direction === 'inbound',
    )
    expect(ended).toMatchObject({ destinationPort: port, sent: 3 })
    server.close()
  },
)
