import type { PivotType } from '@quarry/schema'
import { getTrail, listPivots } from '@quarry/schema/endpoints/pivots'
import { createQuery } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const pivots = async (type: PivotType, categoryId?: string) =>
  (await server.call(listPivots, { query: { type, categoryId } })).items

test.each(['sha256', 'sophosPid', 'filePath', 'ipAddress', 'deviceName', 'username'] as const)(
  'two shipped live queries at least take a %s',
  async (type) => {
    const found = (await pivots(type)).filter(({ engine, needs }) => engine === 'live' && needs.length === 0)
    expect(found.length).toBeGreaterThanOrEqual(2)
  },
)

test.each([
  'md5',
  'sha1',
  'port',
  'url',
  'domain',
  'cmdline',
  'processName',
  'packageName',
  'detectionName',
] as const)('a shipped live query takes a %s, or a list of them', async (type) => {
  const found = (await pivots(type)).filter(({ engine, needs }) => engine === 'live' && needs.length === 0)
  expect(found.some(({ takesList }) => takesList)).toBe(true)
})

test('the same category comes first, then what is used most', async () => {
  const { items } = await server.call(listCategories, { query: {} })
  const network = items.find(({ code }) => code === 'network')!
  const names = (found: { name: string; category: { name: string } }[]) =>
    found.map(({ category }) => category.name)
  expect(names(await pivots('ipAddress', network.id)).slice(0, 2)).toEqual(['Network', 'Network'])

  const device = await server.device('ranked')
  const found = await pivots('ipAddress')
  const rare = found.at(-1)!
  const ask = (queryId: string, variable: string, origin?: object) =>
    server.call(createRun, {
      body: {
        savedQuery: { queryId },
        variables: [{ name: variable, value: '203.0.113.9' }],
        matchEndpoints: { filters: [{ ids: [device.endpointId] }] },
        ...(origin && { origin: origin as never }),
      },
    })
  const start = await ask(rare.queryId, rare.variable)
  expect((await pivots('ipAddress'))[0]!.queryId).not.toBe(rare.queryId)
  const next = await ask(rare.queryId, rare.variable, {
    runId: start.id,
    column: 'remote_address',
    value: '203.0.113.9',
  })
  expect((await pivots('ipAddress'))[0]).toMatchObject({ queryId: rare.queryId, uses: 1 })

  const third = await ask(rare.queryId, rare.variable, {
    runId: next.id,
    column: 'path',
    value: '/bin/sh',
    count: 3,
  })
  const trail = await server.call(getTrail, { params: { id: third.id } })
  expect(trail.before).toEqual([
    { runId: start.id, name: start.name, column: 'remote_address', value: '203.0.113.9', count: 1 },
    { runId: next.id, name: next.name, column: 'path', value: '/bin/sh', count: 3 },
  ])
  expect((await server.call(getTrail, { params: { id: start.id } })).after).toMatchObject([
    { runId: next.id, column: 'remote_address', createdAt: expect.any(String) },
  ])
})

test('a custom query is offered, with what else it needs and whether it takes a list', async () => {
  const make = (name: string, template: string) =>
    server.call(createQuery, {
      body: {
        name,
        template,
        variables: [
          { name: 'hash', dataType: 'text', pivotType: 'md5' },
          { name: 'folder', dataType: 'text' },
        ],
      },
    })
  await make('By MD5', "SELECT path FROM hash WHERE directory = '$$folder$$' AND md5 = '$$hash$$'")
  await make('MD5 as a column', "SELECT '$$hash$$' AS md5, '$$folder$$' AS folder")
  const offered = (await pivots('md5')).filter(({ name }) => name !== 'Programs and files with an MD5')
  expect(offered).toMatchObject([
    { name: 'By MD5', variable: 'hash', needs: ['folder'], takesList: true, engine: 'live' },
    { name: 'MD5 as a column', takesList: false },
  ])
})
