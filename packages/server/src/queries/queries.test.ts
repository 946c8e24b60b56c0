import { send } from '@quarry/schema'
import {
  createQuery,
  deleteQuery,
  exportQuery,
  getQuery,
  importQuery,
  listQueries,
  updateQuery,
} from '@quarry/schema/endpoints/queries'
import { getCategory, listCategories } from '@quarry/schema/endpoints/query-categories'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const shipped = async (search: string) => {
  const { items } = await server.call(listQueries, { query: { search, searchFields: 'code' } })
  return items[0]!
}
const input = (name: string) => ({
  name,
  description: 'Who listens.',
  template: "SELECT * FROM listening_ports WHERE address LIKE '$$who$$'",
  variables: [{ name: 'who', dataType: 'text' as const, value: '%' }],
})
const yamlOf = async (id: string) =>
  (await send(server.url, exportQuery, { params: { id } }, { headers: () => server.headers })).text()

describe('shipped queries', () => {
  test('the first one is there, with its columns and no measured cost', async () => {
    const query = await shipped('network.open_connections')
    expect(query).toMatchObject({
      name: 'Processes with an open network connection',
      code: 'network.open_connections',
      type: 'canned',
      performance: { score: 'notEvaluated', runs: 0 },
      categories: [{ code: 'network', name: 'Network' }],
    })
    expect(query.performance).not.toHaveProperty('averageExecutionTimeInMillis')
    expect(query.columns.sha256).toEqual({ pivotType: 'sha256', pivots: ['live', 'lake', 'enrichment'] })
    // The same on every installation: scripts may name it.
    expect(query.id).toBe('3ab358d2-a727-5787-bdee-e16c30c71226')
  })

  test('cannot be changed or deleted', async () => {
    const { id } = await shipped('network.open_connections')
    await expect(server.call(updateQuery, { params: { id }, body: { name: 'x' } })).rejects.toMatchObject({
      code: 'canned_query',
    })
    await expect(server.call(deleteQuery, { params: { id } })).rejects.toMatchObject({ code: 'canned_query' })
  })

  test('learn what they cost from their runs', async () => {
    const device = await server.device('cost')
    await device.link()
    const before = await shipped('network.listening_ports')
    for (const wallMillis of [1000, 3000]) {
      const run = await server.call(createRun, {
        body: { savedQuery: { queryId: before.id }, matchEndpoints: { all: true } },
      })
      expect(run).toMatchObject({ query: { id: before.id }, category: { name: 'Network' } })
      await device.query(run.id)
      await device.answer(run.id, [{ name: 'a', type: 'text' }], [['x']], {
        stats: { wallMillis, cpuMillis: 100, pausedMillis: 0, peakMemoryBytes: 1, rows: 1, bytes: 9 },
      })
    }
    const { performance, lastRun } = await server.call(getQuery, { params: { id: before.id } })
    expect(performance).toMatchObject({
      score: 'good',
      averageExecutionTimeInMillis: 2000,
      averageCpuTimeInMillis: 100,
      runs: 2,
    })
    expect(performance.averageDataTransferredInBytes).toBeGreaterThan(100)
    expect(lastRun).toMatchObject({ devices: 1 })
  })
})

describe('categories', () => {
  test('count their queries; custom ones come last', async () => {
    const { items } = await server.call(listCategories, {})
    expect(items.map(({ code }) => code).slice(0, 2)).toEqual(['network', 'processes'])
    expect(items.at(-1)).toMatchObject({ code: 'custom', type: 'custom' })
    const network = items[0]!
    const listed = await server.call(listQueries, {
      query: { categoryId: network.id, pageTotal: true as never },
    })
    expect(listed.pages.items).toBe(network.queryCount)
    expect(network.queryCount).toBeGreaterThan(3)
    expect(await server.call(getCategory, { params: { id: network.id } })).toEqual(network)
  })
})

describe('lists', () => {
  test('find words in any order, and only in the fields asked for', async () => {
    const find = async (query: object) =>
      (await server.call(listQueries, { query })).items.map(({ code }) => code)
    expect(await find({ search: 'CONNECTION network open' })).toContain('network.open_connections')
    expect(await find({ search: 'pos.remote_address' })).toEqual([])
    expect(await find({ search: 'spp.sophos_pid', searchFields: 'template' })).toContain(
      'network.open_connections',
    )
    await expect(find({ search: 'x', searchFields: 'nope' })).rejects.toMatchObject({ code: 'bad_request' })
    await expect(find({ sort: 'nope' })).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('keep the fields asked for', async () => {
    const { items } = await server.call(
      { ...listQueries, output: { parse: (value: unknown) => value } as never },
      { query: { fields: 'id,name', pageSize: 1 } },
    )
    expect(Object.keys((items as object[])[0]!)).toEqual(['id', 'name'])
  })
})

describe('custom queries', () => {
  test('are saved, changed, found and deleted', async () => {
    const made = await server.call(createQuery, { body: input('Listeners') })
    expect(made).toMatchObject({ type: 'custom', code: `custom.${made.id}`, createdBy: { type: 'service' } })
    expect(made.categories.map(({ code }) => code)).toEqual(['custom'])
    const changed = await server.call(updateQuery, { params: { id: made.id }, body: { description: 'New.' } })
    expect(changed).toMatchObject({ name: 'Listeners', description: 'New.', variables: [{ name: 'who' }] })
    expect((await server.call(listQueries, { query: { type: 'custom' } })).items.map(({ id }) => id)).toEqual(
      [made.id],
    )
    await server.call(deleteQuery, { params: { id: made.id } })
    await expect(server.call(getQuery, { params: { id: made.id } })).rejects.toMatchObject({
      code: 'query_not_found',
    })
  })

  test.each([
    ['name_taken', { name: 'processes with an OPEN network connection' }],
    ['bad_variable', { variables: [] }],
    ['bad_sql', { template: "SELECT 'unfinished FROM time" }],
    ['category_not_found', { categoryIds: ['00000000-0000-4000-8000-000000000000'] }],
  ])('are refused with %s', async (code, changes) => {
    await expect(
      server.call(createQuery, { body: { ...input(`Refused ${code}`), ...changes } }),
    ).rejects.toMatchObject({ code })
  })

  test('leave as a catalogue file and come back the same', async () => {
    const made = await server.call(createQuery, {
      body: { ...input('To and fro'), description: 'no full stop' },
    })
    const yaml = await yamlOf(made.id)
    expect(yaml).toContain('id: custom.to_and_fro')
    await expect(server.call(importQuery, { body: { yaml } })).rejects.toMatchObject({ code: 'name_taken' })
    await server.call(deleteQuery, { params: { id: made.id } })
    const back = await server.call(importQuery, { body: { yaml } })
    expect(back).toMatchObject({
      name: 'To and fro',
      description: 'No full stop.',
      template: made.template,
      variables: made.variables,
    })
  })

  test('are made from a shipped one, in its category', async () => {
    const yaml = (await yamlOf((await shipped('network.open_connections')).id)).replace(
      /^name: .*$/m,
      'name: My copy',
    )
    const copy = await server.call(importQuery, { body: { yaml } })
    expect(copy).toMatchObject({ type: 'custom', categories: [{ code: 'network' }], attack: ['T1071'] })
  })

  test.each([
    ['not YAML', '{{{'],
    ['a field that does not exist', 'id: a.b\nnope: 1'],
    ['aliases that unfold', 'a: &a [1]\nb: *a'],
  ])('are not imported from %s', async (_, yaml) => {
    await expect(server.call(importQuery, { body: { yaml } })).rejects.toMatchObject({
      code: 'bad_catalogue_entry',
    })
  })
})
