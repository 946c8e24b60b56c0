import type { BatchColumn, Continuation } from '@quarry/schema/agent/query'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun, listRunEndpoints, resumeRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDevice, testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const columns: BatchColumn[] = [{ name: 'n', type: 'integer' }]
const reached = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const place: Continuation = { table: 'sophos_file_journal', epoch: 1, sequence: 7, time: reached, rows: 0 }
const limited = { code: 'limited_rows', message: 'The limit of 2 rows was reached.' }
const partial = { code: 'partial', message: 'A file could not be read.' }

const ask = (...devices: TestDevice[]) =>
  server.call(createRun, {
    body: {
      adHocQuery: { name: 'x', template: 'SELECT path FROM sophos_file_journal' },
      matchEndpoints: { filters: [{ ids: devices.map(({ endpointId }) => endpointId) }] },
    },
  })
const resume = (id: string, ...devices: TestDevice[]) =>
  server.call(resumeRun, {
    params: { id },
    body: devices.length > 0 ? { endpointIds: devices.map(({ endpointId }) => endpointId) } : {},
  })
const run = (id: string) => server.call(getRun, { params: { id } })
const parts = async (id: string) => (await server.call(listRunEndpoints, { params: { id }, query: {} })).items
const values = async (id: string) =>
  (await server.call(getResults, { params: { id }, query: {} })).items.map(({ n }) => n)
const until = async (id: string, status: string) => {
  for (;;) {
    const now = await run(id)
    if (now.status === status) return now
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
/** The question of a leg: it has another id than the run. */
async function legOf(device: TestDevice, id: string, count = 1) {
  for (;;) {
    const legs = device.received.filter((m) => m.type === 'query' && m.runId !== id && m.request.continuation)
    const leg = legs.at(count - 1)
    if (leg?.type === 'query') return leg
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('goes on under an id of its own where the device was, and its rows join the run', async () => {
  const [one, two] = [await server.device('one'), await server.device('two')]
  await Promise.all([one.link(), two.link()])
  const { id } = await ask(one, two)
  await one.answer(id, columns, [[1], [2]], { warnings: [limited, partial], continuation: place })
  await two.answer(id, columns, [[9]])
  const first = await until(id, 'finished')
  expect(first).toMatchObject({
    resultCount: 3,
    resumable: { devices: 1, from: '2026-01-02T03:04:05.678Z' },
  })
  expect((await parts(id)).map(({ hostname, resumable }) => [hostname, resumable])).toEqual([
    ['one', { from: '2026-01-02T03:04:05.678Z' }],
    ['two', undefined],
  ])

  const again = await resume(id)
  expect(again).toMatchObject({ id, status: 'started', result: 'notAvailable' })
  expect(again.resumable).toBeUndefined()
  expect(Math.abs(Date.now() - Date.parse(again.resumedAt!))).toBeLessThan(60_000)
  expect(again.timeRemainingInSeconds).toBeGreaterThan(290)
  expect(again.endpointCounts.statuses).toMatchObject({
    pending: { total: 1, online: 1 },
    finished: { succeeded: { total: 1 } },
  })
  const { runId, request } = await legOf(one, id)
  expect(request).toMatchObject({ sql: 'SELECT path FROM sophos_file_journal', continuation: place })
  one.send({ type: 'started', runId })
  one.send({ type: 'batch', runId, sequence: 1, columns, rows: [[3]] })
  one.send({ type: 'batch', runId, sequence: 1, columns, rows: [[3]] })
  one.send({ type: 'batch', runId, sequence: 2, rows: [[4]], end: testEnd() })
  await one.acked(runId, 2)
  const over = await until(id, 'finished')
  expect(over).toMatchObject({ result: 'succeeded', resultCount: 4 + 1 })
  expect(over.resumable).toBeUndefined()
  expect(over.warnings.map(({ code }) => code)).toEqual(['partial'])
  expect((await values(id)).toSorted()).toEqual([1, 2, 3, 4, 9])
  const [part] = await parts(id)
  expect(part).toMatchObject({
    hostname: 'one',
    resultCount: 4,
    executionTimeInMillis: 24,
    cpuTimeInMillis: 10,
  })
  await expect(resume(id)).rejects.toMatchObject({ code: 'run_not_resumable', status: 409 })
})

test('an offline device goes on when it links, also after a restart of the server, and what comes late of before is dropped', async () => {
  const device = await server.device('away')
  await device.link()
  const { id } = await ask(device)
  await device.answer(id, columns, [[1]], { warnings: [limited], continuation: place })
  await until(id, 'finished')
  device.cut()
  await resume(id)
  await server.restart()
  await device.link()
  const { runId } = await legOf(device, id)
  // What it had sent before comes once more: it neither ends the leg nor adds a row.
  device.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1]], end: testEnd() })
  await device.acked(id, 1)
  expect(await run(id)).toMatchObject({ status: 'started', resultCount: 1 })
  const next = { ...place, sequence: 99, time: reached + 1000 }
  await device.answer(runId, columns, [[2]], { warnings: [limited], continuation: next })
  expect(await until(id, 'finished')).toMatchObject({
    resultCount: 2,
    resumable: { devices: 1, from: '2026-01-02T03:04:06.678Z' },
  })

  // A leg that came to nothing leaves the place.
  await resume(id, device)
  const second = await legOf(device, id, 2)
  expect(second.request.continuation).toEqual(next)
  await device.answer(second.runId, columns, [], {
    status: 'timedOut',
    error: { code: 'time_limit', message: 'The time limit was reached.' },
  })
  expect(await until(id, 'finished')).toMatchObject({ result: 'timedOut', resumable: { devices: 1 } })
  await resume(id)
  const third = await legOf(device, id, 3)
  expect(third.request.continuation).toEqual(next)
  // An older leg that wakes up says nothing any more.
  device.send({ type: 'batch', runId: second.runId, sequence: 2, rows: [[77]], end: testEnd() })
  await device.acked(second.runId, 2)
  await device.answer(third.runId, columns, [[3]])
  expect(await until(id, 'finished')).toMatchObject({ result: 'succeeded', resultCount: 3 })
  expect(await values(id)).toEqual([1, 2, 3])
})

test('where rows were passed over there is no time', async () => {
  const device = await server.device('sorted')
  await device.link()
  const { id } = await ask(device)
  const behind: Continuation = {
    passed: 1,
    digest: 'abc',
    asked: reached,
    until: { Process: { epoch: 1, sequence: 5 } },
  }
  await device.answer(id, columns, [[1]], { warnings: [limited], continuation: behind })
  expect((await until(id, 'finished')).resumable).toEqual({ devices: 1 })
  expect(await parts(id)).toMatchObject([{ resumable: {} }])
  await resume(id)
  const { runId, request } = await legOf(device, id)
  expect(request.continuation).toEqual(behind)
  await device.answer(runId, columns, [[2]])
  expect(await until(id, 'finished')).toMatchObject({ resultCount: 2 })
})

test('a leg ends on the device that is asked to cancel, and says why it cannot be resumed', async () => {
  const device = await server.device('third')
  await device.link()
  const { id } = await ask(device)
  await expect(resume(id)).rejects.toMatchObject({ code: 'run_not_resumable' })
  await device.answer(id, columns, [[1]], { warnings: [limited], continuation: place })
  await until(id, 'finished')
  const other = await server.device('fourth')
  await expect(resume(id, other)).rejects.toMatchObject({ code: 'run_not_resumable' })
  await resume(id)
  const { runId } = await legOf(device, id)
  await server.call((await import('@quarry/schema/endpoints/runs')).cancelRun, { params: { id } })
  await device.wait((m): m is never => m.type === 'cancel' && m.runId === runId)
  expect(await until(id, 'finished')).toMatchObject({ result: 'canceled', resultCount: 1 })
})
