import { send } from '@quarry/schema'
import type { ConnectorInput } from '@quarry/schema/connectors/connector'
import { getConnector, listConnectors, updateConnector } from '@quarry/schema/endpoints/connectors'
import { type EnrichmentEvent, streamEnrichments } from '@quarry/schema/endpoints/enrichments'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type EnrichingServer, startEnrichingServer } from './testing/enriching-server.ts'
import { exampleConnector } from './testing/example-connector.ts'
import { failing } from './testing/stub-service.ts'

let on: EnrichingServer
let add: EnrichingServer['add']
let ask: EnrichingServer['ask']
beforeAll(async () => {
  on = await startEnrichingServer()
  ;({ add, ask } = on)
})
beforeEach(() => on.reset())
afterAll(() => on[Symbol.asyncDispose]())

test('a value is sent once within its cache time; refresh sends it again; what is not known is kept too', async () => {
  const id = await add()
  await ask(id, ['8.8.8.8'])
  const { items } = await ask(id, ['8.8.8.8'])
  expect(items[0]).toMatchObject({ fromCache: true, fields: { city: 'Amsterdam' } })
  expect(on.asked()).toEqual(['8.8.8.8'])
  await ask(id, ['8.8.8.8'], { refresh: true })
  expect(on.asked()).toEqual(['8.8.8.8', '8.8.8.8'])
  on.stub.answer = failing('no such page')
  await ask(id, ['8.8.8.9'])
  const again = await ask(id, ['8.8.8.9'])
  expect(again.items[0]).toMatchObject({ status: 'notFound', fromCache: true, fields: {} })
  expect(on.asked()).toEqual(['8.8.8.8', '8.8.8.8', '8.8.8.9'])
})

test('the cache ends when it should', async () => {
  const id = await add({ cache: { seconds: 0, negativeSeconds: 0 } })
  await ask(id, ['8.8.8.8'])
  await ask(id, ['8.8.8.8'])
  expect(on.asked()).toHaveLength(2)
})

test('the same value asked by many is one request', async () => {
  const id = await add()
  on.stub.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { country_name: 'Netherlands', city: 'Amsterdam' }
  }
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(id, ['8.8.8.8', '9.9.9.9'])))
  expect(answers.every(({ items }) => items.every(({ status }) => status === 'found'))).toBe(true)
  expect(on.asked().sort()).toEqual(['8.8.8.8', '9.9.9.9'])
})

test('another mapping reads what is kept anew and sends nothing; another request asks again', async () => {
  const id = await add()
  await ask(id, ['8.8.8.8'])
  const { definition } = await on.server.admin.call(getConnector, { params: { id } })
  const changed = structuredClone(definition) as Extract<ConnectorInput, { kind: 'http' }>
  changed.lookups[0]!.response = { fields: { town: { path: 'city', label: 'Town' } }, otherwise: 'harmless' }
  await on.server.admin.call(updateConnector, { params: { id }, body: { definition: changed } })
  const { items } = await ask(id, ['8.8.8.8'])
  expect(items[0]).toMatchObject({ fromCache: true, verdict: 'harmless', fields: { town: 'Amsterdam' } })
  expect(on.asked()).toHaveLength(1)
  changed.lookups[0]!.request.query = { access_key: '{secret.key}', lang: 'nl' }
  await on.server.admin.call(updateConnector, { params: { id }, body: { definition: changed } })
  expect((await ask(id, ['8.8.8.8'])).items[0]).toMatchObject({ fromCache: false })
})

test.each([
  ['10.1.2.3', 'withoutMeaning', /private address.* Nothing was sent\./],
  ['127.0.0.1', 'withoutMeaning', /loopback/],
  ['fe80::1', 'withoutMeaning', /link-local/],
  ['not an address', 'notAValue', /not an IP address/],
  ['', 'notAValue', /no value/],
])('%j is explained, not sent', async (value, reason, explanation) => {
  const id = await add()
  const { items } = await ask(id, [value])
  expect(items).toEqual([
    expect.objectContaining({
      value,
      status: 'refused',
      reason,
      explanation: expect.stringMatching(explanation),
    }),
  ])
  expect(on.stub.got).toEqual([])
})

test('the hash of the empty file is explained; a service of one’s own is asked about private addresses', async () => {
  const id = await add({ privateValues: true })
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  expect((await ask(id, ['10.1.2.3'])).items[0]).toMatchObject({ status: 'found' })
  const publicly = await add()
  const { items } = await ask(publicly, [empty], { type: 'sha256' })
  expect(items[0]).toMatchObject({ status: 'refused', reason: 'withoutMeaning' })
  expect(on.asked()).toEqual(['10.1.2.3'])
})

test('nothing goes to a connector that may receive less than the values are marked', async () => {
  const id = await add({ tlp: 'green' })
  const { items } = await ask(id, ['8.8.8.8'], { tlp: 'amber' })
  expect(items[0]).toMatchObject({
    status: 'refused',
    reason: 'tlp',
    explanation: expect.stringContaining('TLP:AMBER'),
  })
  expect(on.stub.got).toEqual([])
  expect((await ask(id, ['8.8.8.8'], { tlp: 'green' })).items[0]).toMatchObject({ status: 'found' })
})

test('a name that leads to this machine is refused, unless the connector allows it', async () => {
  const place = `localhost:${on.stub.place.split(':')[1]}`
  const id = await add({ ...exampleConnector(place), id: 'to_localhost', allowPrivate: false })
  const { items } = await ask(id, ['8.8.8.8'])
  expect(items[0]).toMatchObject({ status: 'failed', reason: 'refusedAddress' })
  expect(on.stub.got).toEqual([])
})

test('after 429 and 500 it is asked again; what comes then counts', async () => {
  const id = await add()
  let n = 0
  on.stub.answer = (got, response) => {
    n++
    if (n === 1) return void response.writeHead(429, { 'retry-after': '0' }).end()
    return n === 2 ? failing('an inner error')(got, response) : { country_name: 'Nowhere' }
  }
  const { items } = await ask(id, ['8.8.8.8'])
  expect(items[0]).toMatchObject({ status: 'found', verdict: 'suspicious' })
  expect(on.stub.got).toHaveLength(3)
})

test('a quota that is used up is told, with what is left on show', async () => {
  const id = await add({ limits: { requests: 100, perSeconds: 1, perDay: 2 } })
  const { items, quota } = await ask(id, ['1.1.1.1', '1.1.1.2', '1.1.1.3'])
  expect(items.map(({ status }) => status).sort()).toEqual(['found', 'found', 'refused'])
  expect(items.find(({ status }) => status === 'refused')).toMatchObject({ reason: 'quotaUsed' })
  expect(quota).toMatchObject({ usedToday: 2, perDay: 2, left: 0 })
  const { items: connectors } = await on.server.admin.call(listConnectors, { query: { type: 'ipAddress' } })
  expect(connectors.find((each) => each.id === id)!.state).toMatchObject({
    code: 'quotaUsed',
    until: quota!.resetsAt,
  })
  expect((await ask(id, ['1.1.1.1'])).items[0]).toMatchObject({ status: expect.any(String) })
})

test('what takes longer than one waits is pending, and there when one asks again', async () => {
  const id = await add()
  on.stub.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 150))
    return { city: 'Amsterdam' }
  }
  const { items } = await ask(id, ['8.8.8.8'], { waitSeconds: 0.02 })
  expect(items[0]).toMatchObject({ status: 'pending' })
  expect((await ask(id, ['8.8.8.8'])).items[0]).toMatchObject({ status: 'found' })
  expect(on.asked()).toEqual(['8.8.8.8'])
})

async function stream(body: object, signal?: AbortSignal) {
  const options = { headers: () => on.server.admin.headers, ...(signal && { signal }) }
  const response = await send(on.server.url, streamEnrichments, { body }, options)
  expect(response.headers.get('content-type')).toMatch('text/event-stream')
  const text = await response.text()
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as EnrichmentEvent)
}

test('a stream tells each distinct value once, as it comes, and ends with the counts', async () => {
  const id = await add()
  const distinct = Array.from({ length: 40 }, (_, n) => `9.9.9.${n}`)
  const values = [...distinct, ...distinct, '10.0.0.1']
  const events = await stream({ connectorId: id, type: 'ipAddress', values })
  const items = events.flatMap((event) => (event.event === 'items' ? event.items : []))
  expect(items.map(({ value }) => value).sort()).toEqual([...distinct, '10.0.0.1'].sort())
  expect(events.at(-1)).toMatchObject({
    event: 'end',
    counts: { distinct: 41, found: 40, refused: 1, failed: 0, fromCache: 0 },
    quota: { usedToday: 40 },
  })
  const again = await stream({ connectorId: id, type: 'ipAddress', values })
  expect(again.at(-1)).toMatchObject({ counts: { fromCache: 40 } })
  expect(on.stub.got).toHaveLength(40)
})

test('closing a stream ends the asking', async () => {
  const id = await add({ limits: { requests: 1, perSeconds: 0.1, concurrency: 1 } })
  const gone = new AbortController()
  const values = Array.from({ length: 50 }, (_, n) => `9.9.8.${n}`)
  const reading = stream({ connectorId: id, type: 'ipAddress', values }, gone.signal)
  await expect.poll(() => on.stub.got.length).toBeGreaterThan(1)
  gone.abort()
  await expect(reading).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 150))
  const before = on.stub.got.length
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect([on.stub.got.length - before, before < 20]).toEqual([0, true])
})
