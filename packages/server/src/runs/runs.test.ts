import type { BatchColumn } from '@quarry/schema/agent/query'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { cancelRun, createRun, getRun, listRunEndpoints, listRuns } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const columns: BatchColumn[] = [
  { name: 'pid', type: 'bigint', origin: 'processes.pid' },
  { name: 'path', type: 'text', origin: 'processes.path' },
]
const ask = (ids: string[], template = 'SELECT pid, path FROM processes') =>
  server.call(createRun, {
    body: { adHocQuery: { name: 'Processes', template }, matchEndpoints: { filters: [{ ids }] } },
  })
const run = (id: string) => server.call(getRun, { params: { id } })
const parts = async (id: string, match?: string) =>
  (await server.call(listRunEndpoints, { params: { id }, query: { match } })).items
const rows = async (id: string) => {
  const page = await server.call(getResults, { params: { id }, query: { pageSize: 1000, sort: 'pid' } })
  return page.items.map(({ epName, pid, path }) => [epName, pid, path])
}
const finished = async (id: string) => {
  for (;;) {
    const now = await run(id)
    if (now.status === 'finished') return now
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a run', () => {
  test('goes to its devices, and their rows, costs and counts come back', async () => {
    const [web, db] = [await server.device('web'), await server.device('db')]
    await Promise.all([web.link(), db.link()])
    const made = await ask([web.endpointId, db.endpointId])
    expect(made).toMatchObject({ status: 'pending', result: 'notAvailable', resultCount: 0 })
    expect(made.endpointCounts).toMatchObject({ total: 2, statuses: { pending: { total: 2, online: 2 } } })

    const { request, expiresInSeconds } = await web.query(made.id)
    expect(request.sql).toBe('SELECT pid, path FROM processes')
    expect(request.readable).toEqual([
      'process_envs',
      'docker_container_envs',
      'grep',
      'shell_history',
      'curl',
    ])
    expect(expiresInSeconds).toBeGreaterThan(290)

    web.send({ type: 'started', runId: made.id })
    web.send({ type: 'batch', runId: made.id, sequence: 1, columns, rows: [[1, '/sbin/init']] })
    await web.acked(made.id, 1)
    expect(await run(made.id)).toMatchObject({
      status: 'started',
      resultCount: 1,
      endpointCounts: { statuses: { started: { total: 1, withData: 1 }, pending: { total: 1 } } },
    })
    web.send({ type: 'batch', runId: made.id, sequence: 2, rows: [[2, '/bin/sh']], end: testEnd() })
    const warnings = [{ code: 'partial', message: 'A file could not be read.' }]
    await db.answer(made.id, columns, [], { warnings })

    const over = await finished(made.id)
    expect(over).toMatchObject({ result: 'succeeded', resultCount: 2, timeRemainingInSeconds: 0 })
    expect(over.warnings).toEqual([{ ...warnings[0], devices: 1 }])
    expect(over.endpointCounts.statuses.finished.succeeded).toEqual({ total: 2, withData: 1, withoutData: 1 })
    expect(over.performance).toMatchObject({
      score: 'excellent',
      executionTimeInMillis: { min: 12, max: 12, average: 12, median: 12, total: 24 },
    })
    expect(await rows(made.id)).toEqual([
      ['web', 1, '/sbin/init'],
      ['web', 2, '/bin/sh'],
    ])
    expect((await parts(made.id, 'finished:succeeded:withData')).map(({ hostname }) => hostname)).toEqual([
      'web',
    ])
    expect(await parts(made.id, 'finished:succeeded:withoutData')).toMatchObject([
      { hostname: 'db', warnings, executionTimeInMillis: 12, cpuTimeInMillis: 5, resultCount: 0 },
    ])
  })

  test('waits for a device that is offline and takes its rows when it links', async () => {
    const late = await server.device('late')
    const made = await ask([late.endpointId])
    expect(made.endpointCounts.statuses.pending).toEqual({ total: 1, online: 0, offline: 1 })
    expect((await parts(made.id, 'pending:offline'))[0]!.message).toMatch(
      /^Offline; waiting for it until 20.*Z\.$/,
    )
    await late.link()
    await late.query(made.id)
    await late.answer(made.id, columns, [[7, '/late']])
    expect(await finished(made.id)).toMatchObject({ result: 'succeeded', resultCount: 1 })
  })

  test('a batch that comes again changes nothing, and is acknowledged again', async () => {
    const device = await server.device('again')
    await device.link()
    const { id } = await ask([device.endpointId])
    const batch = { type: 'batch', runId: id, sequence: 1, columns, rows: [[1, 'a']] } as const
    for (let times = 0; times < 3; times++) device.send({ ...batch, rows: [[1, 'a']], columns })
    await device.acked(id, 1)
    device.cut()
    await device.link()
    const end = { type: 'batch', runId: id, sequence: 2, rows: [[2, 'b']], end: testEnd() } as never
    device.send({ ...batch, rows: [[1, 'a']], columns })
    device.send(end)
    device.send(end)
    await device.acked(id, 2)
    expect((await finished(id)).resultCount).toBe(2)
    device.send(end)
    expect(await rows(id)).toEqual([
      ['again', 1, 'a'],
      ['again', 2, 'b'],
    ])
  })

  test('cancel ends every device that has not ended, keeps what came and drops what comes later', async () => {
    const [one, two] = [await server.device('one'), await server.device('two')]
    await one.link()
    const { id } = await ask([one.endpointId, two.endpointId])
    one.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1, 'kept']] })
    await one.acked(id, 1)
    const canceled = await server.call(cancelRun, { params: { id } })
    expect(canceled).toMatchObject({ status: 'finished', result: 'canceled' })
    expect(canceled.endpointCounts.statuses.finished.canceled).toEqual({
      total: 2,
      withData: 1,
      withoutData: 1,
    })
    await one.wait((m): m is typeof m => m.type === 'cancel' && m.runId === id)
    one.send({
      type: 'batch',
      runId: id,
      sequence: 2,
      rows: [[2, 'late']],
      end: testEnd({ status: 'canceled' }),
    })
    await one.acked(id, 2)
    expect(await rows(id)).toEqual([['one', 1, 'kept']])
    await expect(server.call(cancelRun, { params: { id } })).rejects.toMatchObject({ code: 'run_finished' })
  })

  test('a device cannot write into a run that was not for it', async () => {
    const [mine, other] = [await server.device('mine'), await server.device('other')]
    await Promise.all([mine.link(), other.link()])
    const { id } = await ask([mine.endpointId])
    other.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1, 'x']], end: testEnd() })
    expect(await other.closed()).toBe(1008)
    await mine.answer(id, columns, [[2, 'y']])
    expect(await finished(id)).toMatchObject({ resultCount: 1 })
    expect(await rows(id)).toEqual([['mine', 2, 'y']])
  })

  test('rows that do not fit, or that are missing, end the part of the device with a reason', async () => {
    const [bad, gap] = [await server.device('bad'), await server.device('gap')]
    await Promise.all([bad.link(), gap.link()])
    const { id } = await ask([bad.endpointId, gap.endpointId])
    bad.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1]] })
    gap.send({ type: 'batch', runId: id, sequence: 2, rows: [[1, 'x']] })
    expect(await finished(id)).toMatchObject({ result: 'failed', resultCount: 0 })
    const errors = (await parts(id)).map(({ hostname, error }) => [hostname, error?.code])
    expect(errors).toEqual([
      ['bad', 'malformed_rows'],
      ['gap', 'rows_lost'],
    ])
  })

  test('the counts add up at every moment while devices come, answer and go', async () => {
    const devices = await Promise.all(Array.from({ length: 24 }, (_, n) => server.device(`fleet-${n}`)))
    await Promise.all(devices.slice(0, 16).map((device) => device.link()))
    const { id } = await ask(devices.map(({ endpointId }) => endpointId))
    const work = devices.map(async (device, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 7))
      if (n >= 16) await device.link()
      await device.query(id)
      device.send({ type: 'started', runId: id })
      device.send({ type: 'batch', runId: id, sequence: 1, columns, rows: n % 3 ? [[n, 'x']] : [] })
      const status = n % 5 === 0 ? ('failed' as const) : ('succeeded' as const)
      device.send({ type: 'batch', runId: id, sequence: 2, rows: [], end: testEnd({ status }) })
      await device.acked(id, 2)
      if (n % 4 === 0) device.cut()
    })
    let polls = 0
    for (let over = false; !over; polls++) {
      const now = await run(id)
      const { pending, started, finished } = now.endpointCounts.statuses
      expect(pending.total).toBe(pending.online + pending.offline)
      const states = [started, ...Object.values(finished)]
      for (const { total, withData, withoutData } of states) expect(total).toBe(withData + withoutData)
      expect(states.reduce((sum, { total }) => sum + total, pending.total)).toBe(24)
      expect(now.endpointCounts.total).toBe(24)
      over = now.status === 'finished'
    }
    await Promise.all(work)
    expect(polls).toBeGreaterThan(3)
    expect((await run(id)).endpointCounts.statuses.finished).toMatchObject({
      succeeded: { total: 19 },
      failed: { total: 5 },
    })
  })

  test('a server that is started again goes on with its runs', async () => {
    const device = await server.device('restart')
    await device.link()
    const { id } = await ask([device.endpointId])
    device.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[1, 'a']] })
    await device.acked(id, 1)
    await server.restart()
    expect((await parts(id))[0]).toMatchObject({ status: 'started', online: false, resultCount: 1 })
    const before = await run(id)
    expect(before.timeRemainingInSeconds).toBeGreaterThan(200)
    await device.link()
    device.send({ type: 'batch', runId: id, sequence: 2, rows: [[2, 'b']], end: testEnd() })
    await device.acked(id, 2)
    expect(await finished(id)).toMatchObject({ result: 'succeeded', resultCount: 2 })
  })
})

test('nothing is run where no device matches, and no SQL with a quote left open', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  await expect(ask([nobody])).rejects.toMatchObject({ code: 'no_endpoints' })
  await expect(ask([nobody], "SELECT 'x")).rejects.toMatchObject({ code: 'bad_sql' })
})

test('a quote in a value never leaves its literal', async () => {
  const device = await server.device('quote')
  await device.link()
  const { id } = await server.call(createRun, {
    body: {
      adHocQuery: { name: 'Quote', template: "SELECT 1 FROM time WHERE 'a' = '$$what$$'" },
      variables: [{ name: 'what', value: "x' OR '1'='1" }],
      matchEndpoints: { filters: [{ ids: [device.endpointId] }] },
    },
  })
  const { request } = await device.query(id)
  expect(request.sql).toBe("SELECT 1 FROM time WHERE 'a' = 'x'' OR ''1''=''1'")
})

test('runs are listed by device, state and age', async () => {
  const device = await server.device('lists')
  const first = await ask([device.endpointId])
  const second = await ask([device.endpointId])
  await server.call(cancelRun, { params: { id: first.id } })
  const list = (query: object) =>
    server.call(listRuns, { query: { endpointId: device.endpointId, ...query } })
  expect((await list({ pageTotal: true })).items.map(({ id }) => id)).toEqual([second.id, first.id])
  expect((await list({ result: 'canceled' })).items.map(({ id }) => id)).toEqual([first.id])
  expect((await list({ pageSize: 1, page: 2, pageTotal: true })).pages).toEqual({
    current: 2,
    size: 1,
    total: 2,
    items: 2,
    maxSize: 1000,
  })
  await expect(list({ sort: 'nope' })).rejects.toMatchObject({ code: 'bad_request' })
})
