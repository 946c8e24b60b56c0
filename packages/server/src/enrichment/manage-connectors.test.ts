import { listAudit } from '@quarry/schema/endpoints/audit'
import {
  createConnector,
  deleteConnector,
  getConnector,
  listConnectors,
  testConnector,
  tryConnector,
  updateConnector,
} from '@quarry/schema/endpoints/connectors'
import { createEnrichments } from '@quarry/schema/endpoints/enrichments'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newPerson } from '../testing/person.ts'
import { type EnrichingServer, key, startEnrichingServer } from './testing/enriching-server.ts'
import { exampleConnector } from './testing/example-connector.ts'

let on: EnrichingServer
let add: EnrichingServer['add']
let ask: EnrichingServer['ask']
beforeAll(async () => {
  on = await startEnrichingServer()
  ;({ add, ask } = on)
})
beforeEach(() => on.reset())
afterAll(() => on[Symbol.asyncDispose]())

test('one’s own connector is added, keyed, tested and asked; the key is seen by the service alone', async () => {
  const id = await add({ id: 'my_ipstack' })
  const tested = await on.server.admin.call(testConnector, {
    params: { id },
    body: { type: 'ipAddress', value: '8.8.4.4' },
  })
  expect(on.stub.got[0]).toMatchObject({ method: 'GET', url: `${on.stub.place}/8.8.4.4?access_key=${key}` })
  expect(on.stub.got[0]!.headers['x-key']).toBe(key)
  expect(tested.request).toMatchObject({
    method: 'GET',
    url: `http://${on.stub.place}/8.8.4.4?access_key=••••••`,
    headers: { 'x-key': '••••••' },
  })
  expect(tested.response).toMatchObject({ status: 200, address: '127.0.0.1', encrypted: false })
  expect(tested.item).toMatchObject({
    status: 'found',
    fields: { country: 'Netherlands', city: 'Amsterdam' },
  })
  expect(tested.item.raw).toEqual({ country_name: 'Netherlands', city: 'Amsterdam' })
  const { items, quota } = await ask(id, ['8.8.4.4', ' 8.8.4.4 ', '::ffff:8.8.4.4'])
  expect(items.map(({ value, status, fields }) => [value, status, fields.city])).toEqual([
    ['8.8.4.4', 'found', 'Amsterdam'],
    [' 8.8.4.4 ', 'found', 'Amsterdam'],
    ['::ffff:8.8.4.4', 'found', 'Amsterdam'],
  ])
  expect(items[0]).toMatchObject({
    verdict: 'informative',
    fromCache: false,
    links: [{ label: 'Open', url: 'https://example.com/8.8.4.4' }],
    fetchedAt: expect.any(String),
  })
  expect(quota).toMatchObject({ usedToday: 2 })
})

test('an echo of the key is masked in what is kept and told', async () => {
  const id = await add({})
  on.stub.answer = ({ url, headers }) => ({ country_name: `asked ${url}`, city: headers['x-key'] })
  const { items } = await ask(id, ['8.8.8.8'], { raw: true })
  expect(items[0]!.fields).toEqual({ country: expect.stringContaining('access_key=••••••'), city: '••••••' })
  expect(JSON.stringify(items)).not.toContain(key)
})

test('with other hosts the keys are forgotten; a draft may use them for the same hosts alone', async () => {
  const id = await add()
  const definition = exampleConnector(on.stub.place, { id: 'draft' })
  const body = { id, type: 'ipAddress' as const, value: '8.8.8.8' }
  expect((await on.server.admin.call(tryConnector, { body: { ...body, definition } })).item.status).toBe(
    'found',
  )
  expect(on.stub.got[0]!.headers['x-key']).toBe(key)
  on.stub.got = []
  const place = `localhost:${on.stub.place.split(':')[1]}`
  const elsewhere = exampleConnector(place, { id: 'draft' })
  await on.server.admin.call(tryConnector, { body: { ...body, definition: elsewhere } })
  expect(on.stub.got.map(({ headers }) => headers['x-key'])).toEqual([undefined])
  const { secrets } = await on.server.admin.call(updateConnector, {
    params: { id },
    body: { definition: elsewhere },
  })
  expect(secrets).toEqual([expect.objectContaining({ name: 'key', set: false })])
  expect((await ask(id, ['8.8.8.8'])).items[0]).toMatchObject({ status: 'refused', reason: 'needsSecret' })
})

test('a shipped connector is switched off and given its limits, not changed; one’s own is removed', async () => {
  const { items } = await on.server.admin.call(listConnectors, { query: { type: 'sha256' } })
  const { id, sourceType, state } = items.find(({ code }) => code === 'virustotal')!
  expect([sourceType, state.code]).toEqual(['canned', 'needsSecret'])
  const limits = { requests: 1000, perSeconds: 60 }
  const changed = await on.server.admin.call(updateConnector, {
    params: { id },
    body: { enabled: false, limits, tlp: 'amber' },
  })
  expect(changed).toMatchObject({ enabled: false, limits, tlp: 'amber', state: { code: 'disabled' } })
  expect(changed.limits).not.toHaveProperty('perDay')
  const usable = await on.server.admin.call(listConnectors, { query: { type: 'sha256', usable: 'true' } })
  expect(usable.items.map(({ code }) => code)).not.toContain('virustotal')
  const definition = exampleConnector(on.stub.place)
  await expect(
    on.server.admin.call(updateConnector, { params: { id }, body: { definition } }),
  ).rejects.toMatchObject({ code: 'canned_connector' })
  await expect(on.server.admin.call(deleteConnector, { params: { id } })).rejects.toMatchObject({
    code: 'canned_connector',
  })
  const own = await add()
  await on.server.admin.call(deleteConnector, { params: { id: own } })
  await expect(on.server.admin.call(getConnector, { params: { id: own } })).rejects.toMatchObject({
    code: 'connector_not_found',
  })
})

test('what is exported can be imported, and holds no secret', async () => {
  const id = await add()
  const { yaml } = await on.server.admin.call(getConnector, { params: { id } })
  expect(yaml).not.toContain(key)
  const copy = yaml.replace(/^id: .*$/m, 'id: copied').replace(/^name: .*$/m, 'name: Copied')
  const { definition, code } = await on.server.admin.call(createConnector, { body: { yaml: copy } })
  expect([code, definition.lookups]).toEqual(['copied', expect.any(Array)])
  await expect(on.server.admin.call(createConnector, { body: { yaml: copy } })).rejects.toMatchObject({
    code: 'name_taken',
  })
  const wrong = copy.replace('kind: http', 'kind: telnet')
  await expect(on.server.admin.call(createConnector, { body: { yaml: wrong } })).rejects.toMatchObject({
    code: 'bad_connector',
  })
})

test('an analyst asks but does not change, a reader does neither; changes and sends are in the audit log', async () => {
  const id = await add()
  const analyst = await newPerson(on.server.admin, on.server.url, 'anna', 'analyst')
  const reader = await newPerson(on.server.admin, on.server.url, 'rita', 'readOnly')
  const body = { connectorId: id, type: 'ipAddress' as const, values: ['8.8.8.8'] }
  expect((await analyst.call(createEnrichments, { body })).items[0]).toMatchObject({ status: 'found' })
  await expect(
    analyst.call(updateConnector, { params: { id }, body: { enabled: false } }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await expect(reader.call(createEnrichments, { body })).rejects.toMatchObject({ code: 'forbidden' })
  await analyst.call(createEnrichments, { body })
  const { items } = await on.server.admin.call(listAudit, { query: { pageSize: 200 } })
  const of = items.filter(({ target }) => target === id)
  expect(of.map(({ action }) => action).sort()).toEqual([
    'connectors.create',
    'connectors.putSecret',
    'enrichments.create',
  ])
  expect(of.find(({ action }) => action === 'enrichments.create')).toMatchObject({
    detail: { values: ['8.8.8.8'], count: 1, tlp: 'clear' },
  })
  expect(JSON.stringify(items)).not.toContain(key)
})

test('the IOC lists of the console answer too, whatever the marking', async () => {
  const { call } = on.server.admin
  await call(createIocList, { body: { name: 'May report', text: '10.9.8.7\nevil.example' } })
  const { items: connectors } = await call(listConnectors, { query: { type: 'domain' } })
  const { id, state } = connectors.find(({ code }) => code === 'ioc_lists')!
  expect(state.code).toBe('ready')
  const { items } = await ask(id, ['10.9.8.7', '10.9.8.8'], { tlp: 'red' })
  expect(items.map(({ status, verdict, fields }) => [status, verdict, fields.lists])).toEqual([
    ['found', 'suspicious', ['May report']],
    ['notFound', undefined, undefined],
  ])
})
