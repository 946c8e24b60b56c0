import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun, listRunEndpoints } from '@quarry/schema/endpoints/runs'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const columns: BatchColumn[] = [{ name: 'n', type: 'integer' }]
const ask = (ids: string[]) =>
  server.call(createRun, {
    body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { filters: [{ ids }] } },
  })
const finished = async (id: string) => {
  for (;;) {
    const run = await server.call(getRun, { params: { id } })
    if (run.status === 'finished') return run
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('at its deadline a run ends for all its devices, each with its reason; what comes later is dropped', async () => {
  const names = ['answered', 'running', 'silent', 'away']
  const [answered, running, silent, away] = await Promise.all(names.map((name) => server.device(name)))
  const { id } = await ask([answered, running, silent, away].map((device) => device!.endpointId))
  await Promise.all([answered!.link(), running!.link()])
  await answered!.answer(id, columns, [[1]])
  running!.send({ type: 'batch', runId: id, sequence: 1, columns, rows: [[2]] })
  await running!.acked(id, 1)
  // The server was down for longer than the run had left but for a second.
  await server.restart(() => {
    const db = new Sqlite(join(server.folder, 'state.db'))
    db.prepare('UPDATE runs SET deadline_at = ? WHERE id = ?').run(Date.now() + 1500, id)
    db.close()
  })
  await Promise.all([running!.link(), silent!.link()])

  const run = await finished(id)
  expect(run).toMatchObject({ result: 'succeeded', resultCount: 2 })
  expect(run.endpointCounts.statuses.finished).toMatchObject({
    succeeded: { total: 1, withData: 1 },
    timedOut: { total: 3, withData: 1, withoutData: 2 },
  })
  const { items } = await server.call(listRunEndpoints, { params: { id }, query: {} })
  expect(items.map(({ hostname, error }) => [hostname, error?.code])).toEqual([
    ['answered', undefined],
    ['away', 'offline'],
    ['running', 'deadline'],
    ['silent', 'not_started'],
  ])
  await running!.wait((m): m is never => m.type === 'cancel')
  running!.send({ type: 'batch', runId: id, sequence: 2, rows: [[3]], end: testEnd() })
  await running!.acked(id, 2)
  const page = await server.call(getResults, { params: { id }, query: {} })
  expect(page.items.map(({ n }) => n)).toEqual([1, 2])
})

test('a run whose time ran out while the server was down ends when it is back', async () => {
  const device = await server.device('down')
  const { id } = await ask([device.endpointId])
  await server.restart(() => {
    const db = new Sqlite(join(server.folder, 'state.db'))
    db.prepare('UPDATE runs SET deadline_at = 1 WHERE id = ?').run(id)
    db.close()
  })
  expect(await finished(id)).toMatchObject({ result: 'timedOut', resultCount: 0 })
})
