import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deleteEndpoint } from '@quarry/schema/endpoints/endpoints'
import { type CountedType, findPrevalence } from '@quarry/schema/endpoints/prevalence'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'
import { forget, openSightings } from './sightings.ts'

const sha256 = 'ab'.repeat(32)
/** Some moment of last week, in unix seconds. */
const day = Math.floor(Date.now() / 1000) - 7 * 86_400
const at = (seconds: number) => new Date(seconds * 1000).toISOString()
const waiting = { timeout: 20_000, interval: 200 }
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const find = async (...values: [CountedType, string][]) =>
  await server.call(findPrevalence, { body: { values: values.map(([type, value]) => ({ type, value })) } })

test('values are counted by device as rows come, with first and last time, also after a restart', async () => {
  const [one, two] = [await server.device('one'), await server.device('two')]
  await Promise.all([one.link(), two.link()])
  const run = await server.call(createRun, {
    body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { all: true } },
  })
  const columns = [
    { name: 'sha256', type: 'text' as const },
    { name: 'remote_address', type: 'text' as const },
    { name: 'time', type: 'bigint' as const, origin: 'sophos_ip_journal.time' },
    { name: 'secret', type: 'text' as const },
  ]
  await one.answer(run.id, columns, [
    [sha256, '203.0.113.9', day, 'not counted'],
    [sha256.toUpperCase(), '::ffff:203.0.113.9', day + 600, 'not counted'],
  ])
  await expect.poll(async () => (await find(['sha256', sha256])).items[0]!.devices, waiting).toBe(1)
  await two.answer(run.id, columns, [[sha256, '2001:DB8::9', day - 86_400, 'not counted']])
  await expect.poll(async () => (await find(['sha256', sha256])).items[0]!.devices, waiting).toBe(2)
  const found = await find(
    ['sha256', sha256.toUpperCase()],
    ['ipAddress', '203.0.113.9'],
    ['ipAddress', '2001:db8::9'],
    ['domain', 'not counted'],
  )
  expect(found).toEqual({
    devices: 2,
    items: [
      {
        type: 'sha256',
        value: sha256.toUpperCase(),
        devices: 2,
        firstSeen: at(day - 86_400),
        lastSeen: at(day + 600),
      },
      expect.objectContaining({ devices: 1, lastSeen: at(day + 600) }),
      expect.objectContaining({ devices: 1, firstSeen: at(day - 86_400) }),
      { type: 'domain', value: 'not counted', devices: 0 },
    ],
  })

  await server.call(deleteEndpoint, { params: { id: two.endpointId } })
  await server.restart()
  await expect.poll(async () => (await find(['sha256', sha256])).items[0]!.devices, waiting).toBe(1)
  expect((await find(['ipAddress', '2001:db8::9'])).items[0]!.devices).toBe(0)
})

test('a damaged file is made anew, and what was not seen for long goes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-sightings-'))
  writeFileSync(join(folder, 'sightings.db'), 'this is no database '.repeat(300))
  const db = openSightings(join(folder, 'sightings.db'))
  db.exec(`
    INSERT INTO devices VALUES (1, 'a');
    INSERT INTO sightings VALUES (5, 1, 100, 200), (6, 1, 100, 1700000000);
    INSERT INTO totals SELECT value, 1, first, last FROM sightings;
  `)
  expect(forget(db, ['a'], 1_700_000_000_000)).toBe(true)
  expect(db.prepare('SELECT value FROM totals').pluck().all()).toEqual([6])
  expect(forget(db, ['a'], 1_700_000_000_000)).toBe(false)
  db.close()
  rmSync(folder, { recursive: true })
})
