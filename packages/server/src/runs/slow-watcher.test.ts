import { once } from 'node:events'
import { connect } from 'node:net'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { streamRun } from '@quarry/schema/endpoints/run-results'
import { createRun } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer } from '../../../devkit/src/test-server.ts'

const columns: BatchColumn[] = [{ name: 'text', type: 'text' }]

test('a watcher that reads nothing is left out, and told to read again when it reads on', async () => {
  await using server = await startTestServer()
  const device = await server.device('wide')
  await device.link()
  const { id } = await server.call(createRun, {
    body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { all: true } },
  })
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const headers = Object.entries({ host: `${hostname}:${port}`, connection: 'close', ...server.headers })
  socket.write(
    `GET ${streamRun.path.replace('{id}', id)} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  const [head] = await once(socket, 'data')
  expect(String(head)).toContain('HTTP/1.1 200')
  socket.pause()

  // Ten rows of a megabyte each: far more than the socket and the server's own bound hold.
  const text = 'x'.repeat(1_000_000)
  for (let sequence = 1; sequence <= 12; sequence++) {
    device.send({ type: 'batch', runId: id, sequence, ...(sequence === 1 && { columns }), rows: [[text]] })
    await device.acked(id, sequence)
    await new Promise((resolve) => setTimeout(resolve, 110))
  }
  const events: string[] = []
  let tail = ''
  socket.on('data', (chunk) => {
    const lines = (tail + String(chunk)).split('\n')
    tail = lines.pop()!.slice(0, 100)
    for (const line of lines) {
      const event = /^event: (\w+)$/.exec(line)?.[1]
      if (event) events.push(event)
      if (event === 'reread') {
        device.send({ type: 'batch', runId: id, sequence: 13, rows: [], end: testEnd() })
      }
    }
  })
  socket.resume()
  await once(socket, 'close')
  expect(events).toContain('reread')
  expect(events.at(-1)).toBe('end')
  expect(events.filter((event) => event === 'rows').length).toBeLessThan(12)
})
