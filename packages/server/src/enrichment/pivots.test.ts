import { linkOf } from '@quarry/schema/connectors/link-template'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import {
  createEnrichmentPivot,
  deleteEnrichmentPivot,
  getEnrichmentPivot,
  listEnrichmentPivots,
  updateEnrichmentPivot,
} from '@quarry/schema/endpoints/enrichment-pivots'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GroundServer, startGroundServer } from '../testing/ground-server.ts'

let server: GroundServer
beforeAll(async () => {
  server = await startGroundServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const link = {
  name: 'Our wiki',
  description: 'looks an address up in our wiki',
  url: 'https://wiki.example.org/?q=$$ipAddress$$',
  type: 'ipAddress' as const,
}

test('a link is made, listed, changed and removed as a client of the Live Discover API does it', async () => {
  const { call } = server.admin
  const made = await call(createEnrichmentPivot, { body: link })
  expect(made).toMatchObject({
    ...link,
    sourceType: 'custom',
    description: 'Looks an address up in our wiki.',
  })
  const params = { id: made.id }
  const { items, pages } = await call(listEnrichmentPivots, {
    query: { type: 'ipAddress', pageTotal: 'true' },
  })
  expect(items.map(({ name, sourceType }) => [name, sourceType])).toEqual(
    expect.arrayContaining([
      ['Our wiki', 'custom'],
      ['Shodan page of an address', 'canned'],
    ]),
  )
  expect(pages.items).toBe(items.length)
  expect(await call(updateEnrichmentPivot, { params, body: { name: 'The wiki' } })).toMatchObject({
    name: 'The wiki',
    url: link.url,
  })
  expect(await call(getEnrichmentPivot, { params })).toMatchObject({ name: 'The wiki' })
  const connectors = await call(listConnectors, { query: { type: 'ipAddress' } })
  expect(connectors.items.find(({ id }) => id === made.id)).toMatchObject({
    kind: 'link',
    url: link.url,
    state: { code: 'ready' },
  })
  await call(deleteEnrichmentPivot, { params })
  await expect(call(getEnrichmentPivot, { params })).rejects.toMatchObject({
    code: 'enrichment_pivot_not_found',
  })
})

test('the nine types of the vendor and those of Quarry can have links', async () => {
  const types = [
    'deviceId',
    'deviceName',
    'sophosPid',
    'ipAddress',
    'username',
    'sha256',
    'filePath',
    'registryKey',
    'url',
    'domain',
  ] as const
  for (const type of types) {
    const body = { name: `Link of ${type}`, url: `https://example.org/$$${type}$$`, type }
    expect(await server.admin.call(createEnrichmentPivot, { body })).toMatchObject({
      type,
      sourceType: 'custom',
    })
  }
})

test.each([
  ['https://$$ipAddress$$/x', 'behind'],
  ['javascript:alert($$ipAddress$$)', 'not an http'],
  ['https://example.org/', 'no place for the value'],
  ['https://example.org/$$sha256$$', 'not a type'],
])('a link that would lead elsewhere is refused: %s', async (url, sentence) => {
  const making = server.admin.call(createEnrichmentPivot, { body: { ...link, name: 'Wrong', url } })
  await expect(making).rejects.toMatchObject({
    code: 'bad_connector',
    message: expect.stringContaining(sentence),
  })
})

test('a shipped link stays as it is', async () => {
  const { items } = await server.admin.call(listEnrichmentPivots, { query: {} })
  const canned = items.find(({ sourceType }) => sourceType === 'canned')!
  const params = { id: canned.id }
  await expect(server.admin.call(deleteEnrichmentPivot, { params })).rejects.toMatchObject({
    code: 'canned_connector',
  })
  await expect(
    server.admin.call(updateEnrichmentPivot, { params, body: { name: 'Mine' } }),
  ).rejects.toMatchObject({ code: 'canned_connector' })
})

test('a value cannot change what a link is', () => {
  expect(linkOf('https://example.org/a/$$url$$?b={value}', 'http://x/?y=z&w#"')).toBe(
    'https://example.org/a/http%3A%2F%2Fx%2F%3Fy%3Dz%26w%23%22?b=http%3A%2F%2Fx%2F%3Fy%3Dz%26w%23%22',
  )
})
