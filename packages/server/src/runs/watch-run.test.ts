import { send } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { type RunEvent, streamRun } from '@quarry/schema/endpoints/run-results'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const columns: BatchColumn[] = [{ name: 'n', type: 'integer' }]

/** Reads a stream of events until it ends. */
async function* watch(id: string): AsyncGenerator<RunEvent> {
  const response = await send(server.url, streamRun, { params: { id } }, { headers: () => server.headers })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
      text = text.slice(end + 2)
      if (data) yield streamRun.output.parse(JSON.parse(data))
    }
  }
}

const ask = async (id: string) => {
  const body = {
    adHocQuery: { name: 'Numbers', template: 'SELECT 1 AS n' },
    matchEndpoints: { filters: [{ ids: [id] }] },
  }
  return (await server.call(createRun, { body })).id
}

test('tells of the run, its rows, its devices and its end, and closes', async () => {
  const device = await server.device('live')
  await device.link()
  const id = await ask(device.endpointId)
  const events: RunEvent[] = []
  for await (const event of watch(id)) {
    events.push(event)
    if (events.length === 1) device.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1], [2]] })
    if (event.event === 'rows' && event.total === 2) {
      device.send({ type: 'batch', runId: id, sequence: 2, rows: [[3]], end: testEnd() })
    }
  }
  expect(events[0]).toMatchObject({ event: 'run', run: { id, status: 'pending' } })
  const rows = events.filter((event) => event.event === 'rows')
  expect(rows.flatMap(({ items }) => items.map(({ n }) => n))).toEqual([1, 2, 3])
  expect(rows[0]!.columns.map(({ name }) => name)).toEqual(['epName', 'n'])
  const devices = events.filter((event) => event.event === 'endpoints')
  expect(devices.at(-1)!.items[0]).toMatchObject({ hostname: 'live', status: 'finished', resultCount: 3 })
  const runs = events.filter((event) => event.event === 'run')
  expect(runs.at(-1)!.run).toMatchObject({ status: 'finished', result: 'succeeded', resultCount: 3 })
  expect(events.at(-1)).toEqual({ event: 'end', runId: id })
})

test('carries the first 1,000 rows, then only their number, ten times a second at most', async () => {
  const device = await server.device('many')
  await device.link()
  const id = await ask(device.endpointId)
  const started = performance.now()
  const events: RunEvent[] = []
  for await (const event of watch(id)) {
    events.push(event)
    if (events.length > 1) continue
    for (let sequence = 1; sequence <= 60; sequence++) {
      const rows = Array.from({ length: 50 }, (_, index) => [sequence * 50 + index])
      const end = sequence === 60 ? testEnd() : undefined
      device.send({ type: 'batch', runId: id, sequence, ...(sequence === 1 && { columns }), rows, end })
    }
  }
  const rows = events.filter((event) => event.event === 'rows')
  expect(rows.reduce((sum, { items }) => sum + items.length, 0)).toBe(1000)
  const counts = events.filter((event) => event.event === 'rows' || event.event === 'progress')
  expect(counts.at(-1)!.total).toBe(3000)
  const tenths = (performance.now() - started) / 100
  expect(counts.length).toBeLessThanOrEqual(tenths + 3)
})

test('a run that is over is told whole, at once', async () => {
  const device = await server.device('over')
  await device.link()
  const id = await ask(device.endpointId)
  await device.answer(id, columns, [[7]])
  const events: string[] = []
  for await (const { event } of watch(id)) events.push(event)
  expect(events).toEqual(['run', 'rows', 'endpoints', 'run', 'end'])
})

test('a run that is not there is an error, not a stream', async () => {
  const params = { id: '00000000-0000-4000-8000-000000000000' }
  const response = await send(server.url, streamRun, { params }, { headers: () => server.headers })
  expect(response.status).toBe(404)
})
