import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'
import { openDatabase } from '../state/database.ts'
import { expireResults, keptMillis } from './retention.ts'
import { openResults } from './store.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const columns: BatchColumn[] = [{ name: 'text', type: 'text' }]

test('the oldest results go first, the runs stay and say so', async () => {
  const device = await server.device('old')
  await device.link()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) {
    const run = await server.call(createRun, {
      body: { adHocQuery: { name: `${n}`, template: 'SELECT 1' }, matchEndpoints: { all: true } },
    })
    ids.push(run.id)
    await device.query(run.id)
    await device.answer(run.id, columns, [['x'.repeat(100_000)]])
  }
  let byAge: string[] = []
  let bySize: string[] = []
  const work = async () => {
    const db = await openDatabase(server.folder)
    const results = openResults(join(server.folder, 'results'))
    const size = results.sizes().get(ids[0]!)!
    expect(await expireResults({ db }, results, { now: Date.now(), bytes: size * 3.5 })).toEqual([])
    bySize = await expireResults({ db }, results, { now: Date.now(), bytes: size * 2.5 })
    await db
      .updateTable('runs')
      .set({ finished_at: Date.now() - keptMillis - 1000 })
      .where('id', '=', ids[1]!)
      .execute()
    byAge = await expireResults({ db }, results, { now: Date.now(), bytes: size * 10 })
    await results.close()
    await db.destroy()
  }
  await server.restart(work)
  expect([bySize, byAge]).toEqual([[ids[0]], [ids[1]]])
  const params = { id: ids[0]! }
  expect(await server.call(getRun, { params })).toMatchObject({ resultsExpired: true, resultCount: 1 })
  await expect(server.call(getResults, { params, query: {} })).rejects.toMatchObject({
    code: 'results_expired',
  })
  const kept = await server.call(getResults, { params: { id: ids[2]! }, query: {} })
  expect(kept.items.length).toBe(1)
})

test('results of a run that goes on are never deleted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-retention-'))
  const db = await openDatabase(folder)
  const results = openResults(join(folder, 'results'))
  expect(await expireResults({ db }, results, { now: Date.now(), bytes: 0 })).toEqual([])
  await results.close()
  await db.destroy()
  rmSync(folder, { recursive: true })
})
