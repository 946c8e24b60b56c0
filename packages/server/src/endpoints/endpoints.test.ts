import {
  addToGroup,
  createGroup,
  deleteGroup,
  listGroups,
  removeFromGroup,
} from '@quarry/schema/endpoints/endpoint-groups'
import {
  type EndpointFilter,
  getEndpoint,
  listEndpoints,
  matchEndpoints,
} from '@quarry/schema/endpoints/endpoints'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDevice } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
let web: TestDevice
let laptop: TestDevice
let mac: TestDevice
beforeAll(async () => {
  server = await startTestServer()
  web = await server.device('web-1', { ipv4Addresses: ['192.0.2.10'], lastUser: 'ann' })
  laptop = await server.device('Laptop_100%', {
    isServer: false,
    ipv4Addresses: ['192.0.2.1'],
    osName: 'Fedora',
  })
  mac = await server.device('mac', {
    platform: 'darwin',
    isServer: false,
    ipv4Addresses: [],
    majorVersion: 15,
  })
  await web.link()
})
afterAll(() => server[Symbol.asyncDispose]())

const names = async (query: object) =>
  (await server.call(listEndpoints, { query })).items.map(({ hostname }) => hostname)

describe('lists', () => {
  test.each([
    [{}, ['Laptop_100%', 'mac', 'web-1']],
    [{ sort: 'hostname:desc', pageSize: 1, page: 2 }, ['mac']],
    [{ type: 'server' }, ['web-1']],
    [{ platform: 'macOS,windows' }, ['mac']],
    [{ online: 'true' }, ['web-1']],
    [{ online: 'false' }, ['Laptop_100%', 'mac']],
    [{ healthStatus: 'good' }, ['web-1']],
    [{ healthStatus: 'unknown' }, ['Laptop_100%', 'mac']],
    [{ hostnameContains: 'WEB' }, ['web-1']],
    [{ hostnameContains: '0%' }, ['Laptop_100%']],
    [{ hostnameContains: '_' }, ['Laptop_100%']],
    [{ ipAddresses: '192.0.2.1' }, ['Laptop_100%']],
    [{ associatedPersonContains: 'ann' }, ['web-1']],
    [{ search: '192.0.2.10' }, ['web-1']],
    [{ search: 'fedora', searchFields: 'osName' }, ['Laptop_100%']],
    [{ lastSeenAfter: '2020-01-01T00:00:00Z' }, ['web-1']],
    [{ lastSeenBefore: '2020-01-01T00:00:00Z' }, []],
    [{ search: "' OR 1=1 --" }, []],
  ])('%j finds %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  test.each([{ type: 'toaster' }, { sort: 'nope' }, { lastSeenAfter: 'yesterday' }, { ids: 'x' }])(
    '%j is refused',
    async (query) => {
      await expect(names(query)).rejects.toMatchObject({ code: 'bad_request' })
    },
  )
})

test('a match counts devices: filters are OR, conditions inside one AND', async () => {
  const match = (filters: EndpointFilter[]) =>
    server.call(matchEndpoints, { body: { matchEndpoints: { filters } } })
  expect(await match([{ hostnameContains: 'web' }, { os: [{ platform: 'macOS', version: '15' }] }])).toEqual({
    total: 2,
    online: 1,
    offline: 1,
    types: { server: 1, computer: 1 },
    platforms: { linux: 1, macOS: 1 },
  })
  expect((await match([{ hostnameContains: 'web', type: ['computer'] }])).total).toBe(0)
  const all = await server.call(matchEndpoints, { body: { matchEndpoints: { all: true } } })
  expect(all.total).toBe(3)
})

test('groups hold devices, one group each', async () => {
  const one = await server.call(createGroup, { body: { name: 'Front' } })
  await expect(server.call(createGroup, { body: { name: 'front' } })).rejects.toMatchObject({
    code: 'name_taken',
  })
  const ids = [web.endpointId, laptop.endpointId]
  await server.call(addToGroup, { params: { id: one.id }, body: { ids } })
  expect((await server.call(listGroups, {})).items).toMatchObject([{ name: 'Front', endpointCount: 2 }])
  expect(await names({ groupNameContains: 'fro' })).toEqual(['Laptop_100%', 'web-1'])

  const unknown = '00000000-0000-4000-8000-000000000000'
  await expect(
    server.call(addToGroup, { params: { id: one.id }, body: { ids: [mac.endpointId, unknown] } }),
  ).rejects.toMatchObject({ code: 'endpoint_not_found' })
  expect((await server.call(getEndpoint, { params: { id: mac.endpointId } })).group).toBeUndefined()

  const taken = () => server.call(removeFromGroup, { params: { id: one.id, endpointId: web.endpointId } })
  expect(await taken()).toEqual({ removed: true })
  expect(await taken()).toEqual({ removed: false })
  await server.call(deleteGroup, { params: { id: one.id } })
  expect((await server.call(getEndpoint, { params: { id: laptop.endpointId } })).group).toBeUndefined()
  await expect(server.call(deleteGroup, { params: { id: one.id } })).rejects.toMatchObject({
    code: 'group_not_found',
  })
})

test('a key that enrols again keeps its id and gets the new facts', async () => {
  const { generateKeyPairSync } = await import('node:crypto')
  const keys = generateKeyPairSync('ed25519')
  const first = await server.device('before', {}, keys)
  const again = await server.device('after', {}, keys)
  expect(again.endpointId).toBe(first.endpointId)
  expect((await server.call(getEndpoint, { params: { id: first.endpointId } })).hostname).toBe('after')
})
