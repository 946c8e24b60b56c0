import { readEvents, send } from '@quarry/schema'
import { createConnector } from '@quarry/schema/endpoints/connectors'
import {
  createEnrichments,
  EnrichmentEvent,
  getRunTlp,
  putRunTlp,
  streamEnrichments,
} from '@quarry/schema/endpoints/enrichments'
import { exportResults, getResults, groupResults } from '@quarry/schema/endpoints/run-results'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'
import { exampleConnector } from './testing/example-connector.ts'
import { type StubService, startStubService } from './testing/stub-service.ts'

let server: TestServer
let stub: StubService
let runId: string
let connectorId: string
const places: Record<string, object> = {
  '9.9.9.1': { country_name: 'Chile', score: 10 },
  '9.9.9.2': { country_name: 'Austria', score: 9 },
  '9.9.9.3': { country_name: 'Nowhere', score: 100 },
}

beforeAll(async () => {
  stub = await startStubService(({ url }, response) => {
    const place = places[url.split('/')[1]!.split('?')[0]!]
    if (!place) response.statusCode = 404
    return place ?? {}
  })
  server = await startTestServer()
  const { lookups } = exampleConnector(stub.place)
  const fields = {
    country: { path: 'country_name', label: 'Country' },
    score: { path: 'score', label: 'Score', type: 'integer' as const },
  }
  const lookup = {
    ...lookups[0]!,
    request: { url: `http://${stub.place}/{value}` },
    response: { ...lookups[0]!.response, fields },
  }
  const definition = exampleConnector(stub.place, { secrets: {}, lookups: [lookup], tlp: 'green' })
  connectorId = (await server.call(createConnector, { body: { definition } })).id
  const device = await server.device('web')
  await device.link()
  const adHocQuery = { name: 'Sockets', template: 'SELECT pid, remote_address FROM process_open_sockets' }
  const run = await server.call(createRun, {
    body: { adHocQuery, matchEndpoints: { filters: [{ ids: [device.endpointId] }] } },
  })
  runId = run.id
  await device.query(runId)
  const addresses = ['9.9.9.1', '9.9.9.2', '9.9.9.3', '9.9.9.4', '10.0.0.1', '9.9.9.2', null]
  await device.answer(
    runId,
    [
      { name: 'pid', type: 'bigint' },
      { name: 'remote_address', type: 'text' },
    ],
    addresses.map((address, at) => [at + 1, address]),
  )
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await stub[Symbol.asyncDispose]()
})

const asked = { column: 'remote_address', type: 'ipAddress' as const }
const enrich = () => JSON.stringify([{ ...asked, connectorId }])
async function rows(query: object = {}) {
  const page = await server.call(getResults, { params: { id: runId }, query: { enrich: enrich(), ...query } })
  const cells = page.items.map((row) => [
    row.pid,
    row['remote_address.example.country'],
    row['remote_address.example.verdict'],
  ])
  return { columns: page.metadata.columns, cells, items: page.items }
}

async function enrichColumn() {
  const body = { ...asked, connectorId, runId }
  const response = await send(server.url, streamEnrichments, { body }, { headers: () => server.headers })
  const events: EnrichmentEvent[] = []
  for await (const event of readEvents(response, EnrichmentEvent)) events.push(event)
  return events
}

test('a marked run goes to no connector that may receive less', async () => {
  const params = { id: runId }
  expect(await server.call(getRunTlp, { params })).toEqual({ tlp: null })
  await server.call(putRunTlp, { params, body: { tlp: 'amber' } })
  expect((await enrichColumn()).at(-1)).toMatchObject({ counts: { distinct: 5, refused: 5, found: 0 } })
  const body = { connectorId, type: 'ipAddress' as const, values: ['9.9.9.1'], runId, tlp: 'clear' as const }
  expect((await server.call(createEnrichments, { body })).items[0]).toMatchObject({ reason: 'tlp' })
  expect(stub.got).toEqual([])
  expect((await rows()).cells.map(([, country]) => country)).toEqual(Array(7).fill(null))
  await server.call(putRunTlp, { params, body: { tlp: null } })
})

test('the cells of a column are asked about, each value once, and the answers are columns', async () => {
  expect((await enrichColumn()).at(-1)).toMatchObject({
    counts: { distinct: 5, found: 3, notFound: 1, refused: 1, failed: 0 },
  })
  expect(stub.got).toHaveLength(4)
  const { columns, cells } = await rows()
  expect(columns.map(({ name }) => name)).toEqual([
    ...['epName', 'pid', 'remote_address'],
    ...['remote_address.example.verdict', 'remote_address.example.country', 'remote_address.example.score'],
  ])
  expect(columns.at(-1)).toMatchObject({
    type: 'bigint',
    enrichment: { column: 'remote_address', connectorId, field: 'score', label: 'Example: Score' },
  })
  expect(cells).toEqual([
    [1, 'Chile', 'informative'],
    [2, 'Austria', 'informative'],
    [3, 'Nowhere', 'suspicious'],
    [4, null, 'unknown'],
    [5, null, null],
    [6, 'Austria', 'informative'],
    [7, null, null],
  ])
})

test('they sort, filter, search, count and export as the other columns do', async () => {
  const pids = async (query: object) => (await rows(query)).cells.map(([pid]) => pid)
  expect(await pids({ sort: 'remote_address.example.score:desc' })).toEqual([3, 1, 2, 6, 4, 5, 7])
  const filter = (op: string, value: unknown) =>
    JSON.stringify([{ column: 'remote_address.example.score', op, value }])
  expect(await pids({ filter: filter('ge', 10) })).toEqual([1, 3])
  expect(await pids({ search: 'austr' })).toEqual([2, 6])
  const groups = await server.call(groupResults, {
    params: { id: runId },
    query: { column: 'remote_address.example.country', enrich: enrich(), order: 'common' },
  })
  expect(groups.items).toContainEqual({ value: 'Austria', count: 2, devices: 1 })
  const query = { format: 'csv' as const, enrich: enrich(), columns: 'pid,remote_address.example.country' }
  const response = await send(
    server.url,
    exportResults,
    { params: { id: runId }, query },
    { headers: () => server.headers },
  )
  expect((await response.text()).split('\r\n').slice(0, 3)).toEqual([
    'pid,remote_address.example.country',
    '1,Chile',
    '2,Austria',
  ])
})

test('a column of what came later is read anew, and nothing is sent by looking', async () => {
  const before = stub.got.length
  places['9.9.9.4'] = { country_name: 'Denmark' }
  expect((await rows()).cells[3]).toEqual([4, null, 'unknown'])
  const body = { connectorId, type: 'ipAddress' as const, values: ['9.9.9.4'], refresh: true }
  await server.call(createEnrichments, { body })
  expect((await rows()).cells[3]).toEqual([4, 'Denmark', 'informative'])
  expect(
    await rows({ sort: 'remote_address.example.country' }).then(({ cells }) =>
      cells.map(([, country]) => country),
    ),
  ).toEqual([...['Austria', 'Austria', 'Chile', 'Denmark', 'Nowhere'], ...[null, null]])
  expect(stub.got.length - before).toBe(1)
})

test('what is not there is told', async () => {
  const wrong = (change: object) =>
    rows({ enrich: JSON.stringify([{ ...asked, connectorId, ...change }]) }).catch(({ code }) => code)
  expect(await wrong({ column: 'nothing' })).toBe('column_not_found')
  expect(await wrong({ connectorId: '6f1f2c0e-93a4-4a7e-9d6b-2f6b0a8f4c11' })).toBe('connector_not_found')
})
