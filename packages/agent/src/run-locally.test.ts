import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { type LocalEvent, runLocally } from './run-locally.ts'
import { tempFolder } from './testing/temp-folder.ts'

async function all(events: AsyncIterable<LocalEvent>): Promise<LocalEvent[]> {
  const list: LocalEvent[] = []
  for await (const event of events) list.push(event)
  return list
}

const count = (to: number) =>
  `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${to}) SELECT n FROM c`

test('answers from this machine: columns, rows, end', async () => {
  const events = await all(runLocally(`SELECT pid FROM processes WHERE pid = ${process.pid}`))
  expect(events).toEqual([
    { type: 'columns', columns: [{ name: 'pid', type: 'bigint', origin: 'processes.pid' }] },
    { type: 'rows', rows: [[process.pid]] },
    { type: 'end', end: expect.objectContaining({ status: 'succeeded' }) },
  ])
})

test('a slow reader gets every row of a long answer', async () => {
  const numbers: unknown[] = []
  for await (const event of runLocally(count(20_000), { cacheFolder: tempFolder() })) {
    await new Promise((done) => setImmediate(done))
    if (event.type === 'rows') numbers.push(...event.rows.map(([n]) => n))
  }
  expect(numbers).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1))
})

test('leaving early ends the query and removes its folder', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('quarry-local-'))
  const before = folders()
  for await (const event of runLocally(count(1e12))) if (event.type === 'rows') break
  expect(folders()).toEqual(before)
})

test('a wrong statement ends as failed with its reason', async () => {
  const [end] = await all(runLocally('SELEC 1'))
  expect(end).toMatchObject({ type: 'end', end: { status: 'failed', error: { code: 'sql' } } })
})

test('an abort ends it as canceled', async () => {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 300)
  const events = await all(
    runLocally(count(1e12).replace('SELECT n', 'SELECT count(*)'), { signal: abort.signal }),
  )
  expect(events.at(-1)).toMatchObject({ type: 'end', end: { status: 'canceled' } })
})

test('a query reaches out of the machine only where that is allowed', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sql = `SELECT result FROM curl WHERE url = 'http://127.0.0.1:${(server.address() as AddressInfo).port}/'`
  const closed = await all(runLocally(sql))
  expect(closed.at(-1)).toMatchObject({
    end: { warnings: [{ code: 'table_unavailable' }], stats: { rows: 0 } },
  })
  expect(await all(runLocally(sql, { network: true }))).toContainEqual({ type: 'rows', rows: [['here']] })
  server.close()
})
