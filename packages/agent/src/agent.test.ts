import { randomUUID } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch } from '@quarry/schema/agent/messages'
import { expect, onTestFinished, test } from 'vitest'
import { type Agent, startAgent } from './start.ts'
import { eventually } from './testing/eventually.ts'
import { openPeer, type Peer, type PeerOptions } from './testing/peer.ts'
import { tempFolder } from './testing/temp-folder.ts'

/** Counts to a number, one row each. */
const count = (to: number) =>
  `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${to}) SELECT n FROM c`
const forever = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c'

async function setUp(options: PeerOptions = {}, policy?: object) {
  const peer = await openPeer(options)
  const folder = tempFolder()
  if (policy) writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy))
  const agents: Agent[] = []
  const start = async (token: string | undefined = 'let-me-in') => {
    const agent = await startAgent({
      server: peer.url,
      dataFolder: folder,
      logLevel: 'silent',
      ...(token && { enrolmentToken: token }),
    })
    agents.push(agent)
    return agent
  }
  onTestFinished(async () => {
    for (const agent of agents) await agent.close().catch(() => {})
    await peer.close()
  })
  return { peer, folder, start }
}

const rowsOf = (batches: Batch[]) => batches.flatMap(({ rows }) => rows)
const stateOf = async (peer: Peer, runId: string) => (await peer.ended(runId)).end

test('enrols once, describes its tables, and answers a query with typed columns and statistics', async () => {
  const { peer, folder, start } = await setUp()
  const agent = await start()
  await peer.welcomed()
  const run = peer.ask("SELECT 7 AS n, 'seven' AS t, 9223372036854775807 AS big, x'00ff' AS b")
  const end = await stateOf(peer, run)
  expect(end).toMatchObject({ status: 'succeeded', warnings: [], stats: { rows: 1 } })
  expect(end?.stats.wallMillis).toBeGreaterThan(0)
  const batches = peer.stored(run)
  expect(batches.map(({ sequence }) => sequence)).toEqual(batches.map((_, index) => index + 1))
  expect(batches[0]?.columns?.map(({ name }) => name)).toEqual(['n', 't', 'big', 'b'])
  expect(rowsOf(batches)).toEqual([[7, 'seven', { i: '9223372036854775807' }, { b: 'AP8=' }]])
  expect(peer.heard.some((message) => message.type === 'started' && message.runId === run)).toBe(true)

  const tables = await eventually(() => peer.heard.find((message) => message.type === 'tables'))
  expect(tables.type === 'tables' && tables.tables.map(({ name }) => name)).toContain('processes')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(JSON.parse(readFileSync(join(folder, 'identity.json'), 'utf8'))).toMatchObject({
    endpointId: agent.endpointId,
    server: peer.url,
  })
})

test('reads real tables, with the origin of each column', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const run = peer.ask(`SELECT pid, path FROM processes WHERE pid = ${process.pid}`)
  expect(await stateOf(peer, run)).toMatchObject({ status: 'succeeded' })
  const batches = peer.stored(run)
  expect(batches[0]?.columns).toEqual([
    { name: 'pid', type: 'bigint', origin: 'processes.pid' },
    { name: 'path', type: 'text', origin: 'processes.path' },
  ])
  expect(rowsOf(batches)).toEqual([[process.pid, process.execPath]])
})

test('a wrong statement ends as failed, with its reason', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const run = peer.ask('SELECT nothing FROM nowhere')
  expect(await stateOf(peer, run)).toMatchObject({ status: 'failed', error: { code: 'sql' } })
  expect(peer.stored(run)).toHaveLength(1)
})

test('streams a result of many batches completely and in order', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const run = peer.ask(count(30_000))
  expect(await stateOf(peer, run)).toMatchObject({ status: 'succeeded', stats: { rows: 30_000 } })
  expect(rowsOf(peer.stored(run)).map(([n]) => n)).toEqual(Array.from({ length: 30_000 }, (_, i) => i + 1))
})

test('a link that breaks in the middle loses and doubles nothing', async () => {
  const { peer, start } = await setUp({ acknowledge: false })
  await start()
  await peer.welcomed()
  const run = peer.ask(count(30_000))
  await eventually(() => peer.batches(run).length > 0)
  peer.cut()
  peer.acknowledge = true
  await peer.welcomed(2)
  await stateOf(peer, run)
  const rows = rowsOf(peer.stored(run)).map(([n]) => n)
  expect(rows).toEqual(Array.from({ length: 30_000 }, (_, i) => i + 1))
  expect(peer.batches(run).length).toBeGreaterThan(peer.stored(run).length)
})

test('the same query again gives no second result', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const runId = peer.ask('SELECT 1')
  await peer.ended(runId)
  const before = peer.batches(runId).length
  peer.ask('SELECT 1', { runId })
  const other = peer.ask('SELECT 2')
  await peer.ended(other)
  expect(peer.batches(runId)).toHaveLength(before)
})

test('two queries run side by side and the third waits; a cancelled one ends so, running or waiting', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const [first, second, third] = [peer.ask(forever), peer.ask(forever), peer.ask(forever)]
  const started = () => peer.heard.filter(({ type }) => type === 'started').length
  await eventually(() => started() === 2)
  peer.send({ type: 'cancel', runId: third })
  expect(await stateOf(peer, third)).toMatchObject({ status: 'canceled', stats: { wallMillis: 0 } })
  expect(started()).toBe(2)
  peer.send({ type: 'cancel', runId: first })
  peer.send({ type: 'cancel', runId: second })
  expect(await stateOf(peer, first)).toMatchObject({ status: 'canceled' })
  expect(await stateOf(peer, second)).toMatchObject({ status: 'canceled' })
})

test('cancelling a run that never came ends it', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const runId = randomUUID()
  peer.send({ type: 'cancel', runId })
  expect(await stateOf(peer, runId)).toMatchObject({ status: 'canceled' })
})

test('a query that waited until its run was over is not begun', async () => {
  const { peer, start } = await setUp({}, { parallel: 1 })
  await start()
  await peer.welcomed()
  const busy = peer.ask(forever)
  const late = peer.ask('SELECT 1', { expiresInSeconds: 0.2 })
  expect(await stateOf(peer, late)).toMatchObject({ status: 'timedOut', error: { code: 'time_limit' } })
  peer.send({ type: 'cancel', runId: busy })
  await peer.ended(busy)
})

test('the policy of the device wins over the server', async () => {
  const policy = { denyTables: ['users'], limits: { resultRows: 3 } }
  const { peer, start } = await setUp({}, policy)
  await start()
  await peer.welcomed()
  const denied = peer.ask('SELECT * FROM Users')
  expect(await stateOf(peer, denied)).toMatchObject({
    status: 'failed',
    error: {
      code: 'refused_by_device',
      message: 'The policy of this device does not allow the table users.',
    },
  })
  const limited = peer.ask(count(10))
  const end = await stateOf(peer, limited)
  expect(end?.warnings.map(({ code }) => code)).toEqual(['limited_rows'])
  expect(rowsOf(peer.stored(limited))).toEqual([[1], [2], [3]])
})

test('a full outbox makes the query wait until the server takes rows, and drops none', async () => {
  const { peer, start } = await setUp({ acknowledge: false }, { outboxBytes: 1 << 20 })
  await start()
  await peer.welcomed()
  const sql = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000)
    SELECT n, hex(zeroblob(500)) AS filler FROM c`
  const run = peer.ask(sql)
  await eventually(() => peer.batches(run).length >= 4)
  await new Promise((done) => setTimeout(done, 500))
  expect(peer.batches(run).some(({ end }) => end)).toBe(false)
  peer.acknowledge = true
  peer.cut()
  expect(await stateOf(peer, run)).toMatchObject({ status: 'succeeded', stats: { rows: 3000 } })
  expect(rowsOf(peer.stored(run)).map(([n]) => n)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1))
})

test('a row larger than a frame is left out and said', async () => {
  const { peer, start } = await setUp()
  await start()
  await peer.welcomed()
  const run = peer.ask('SELECT 1 AS n, hex(zeroblob(2500000)) AS x UNION ALL SELECT 2, NULL')
  const end = await stateOf(peer, run)
  expect(end?.warnings).toEqual([
    expect.objectContaining({ code: 'row_too_large', message: expect.stringContaining('One row is larger') }),
  ])
  expect(rowsOf(peer.stored(run))).toEqual([[2, null]])
})

test('a server that forgot the device gets it back under the same key', async () => {
  const { peer, start } = await setUp()
  const agent = await start()
  await peer.welcomed()
  const [key] = peer.devices.values()
  const before = agent.endpointId
  peer.devices.clear()
  peer.cut()
  await peer.welcomed(2)
  expect([...peer.devices.values()]).toEqual([key])
  expect(agent.endpointId).not.toBe(before)
  const run = peer.ask('SELECT 1 AS n')
  expect(await stateOf(peer, run)).toMatchObject({ status: 'succeeded' })
})

test('a run that the server no longer knows does not keep the device away', async () => {
  const { peer, start } = await setUp({ acknowledge: false })
  await start()
  await peer.welcomed()
  const lost = peer.ask('SELECT 1 AS n')
  await peer.ended(lost)
  peer.foreign.add(lost)
  peer.acknowledge = true
  peer.cut()
  await peer.welcomed(3)
  const run = peer.ask('SELECT 2 AS n')
  expect(await stateOf(peer, run)).toMatchObject({ status: 'succeeded' })
  expect(peer.welcomes).toBe(3)
})

test('an enrolled device needs no token, a new one does', async () => {
  const { peer, start } = await setUp()
  await expect(start('')).rejects.toThrow('This device is not enrolled: set QUARRY_SERVER')
  await expect(start('guess')).rejects.toThrow('does not enrol this device: The enrolment token is unknown.')
  const first = await start()
  await first.close()
  const second = await start('')
  expect(second.endpointId).toBe(first.endpointId)
  await peer.welcomed(1)
})
