import { client } from '@quarry/schema'
import { createApiClient, deleteApiClient, listApiClients } from '@quarry/schema/endpoints/api-clients'
import { createToken } from '@quarry/schema/endpoints/oauth'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { whoami } from '@quarry/schema/endpoints/whoami'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GroundServer, startGroundServer } from '../testing/ground-server.ts'

let server: GroundServer
const given = { id: 'from-outside', secret: 'chosen-by-a-person' }
beforeAll(async () => {
  server = await startGroundServer({ client: given })
})
afterAll(() => server[Symbol.asyncDispose]())

async function tokenOf(client_id: string, client_secret: string) {
  const body = { grant_type: 'client_credentials' as const, client_id, client_secret }
  return await client(server.url)(createToken, { body })
}

function callerWith(token: string, tenant?: string) {
  const headers = { authorization: `Bearer ${token}`, ...(tenant && { 'x-tenant-id': tenant }) }
  return client(server.url, { headers: () => headers })
}

test('a script signs in with the credentials of the environment, as the vendor’s clients do', async () => {
  const answer = await tokenOf(given.id, given.secret)
  expect(answer).toMatchObject({
    token_type: 'bearer',
    expires_in: 3600,
    errorCode: 'success',
    message: 'OK',
  })
  const { id, apiHosts } = await callerWith(answer.access_token)(whoami, {})
  expect([id, apiHosts.global]).toEqual([server.tenantId, server.url])
  const { items } = await callerWith(answer.access_token, id)(listQueries, { query: { pageSize: 1 } })
  expect(items).toHaveLength(1)
})

test('it is an Admin: it may not make clients', async () => {
  const { access_token } = await tokenOf(given.id, given.secret)
  const body = { name: 'more', role: 'superAdmin' as const }
  await expect(callerWith(access_token, server.tenantId)(createApiClient, { body })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('wrong credentials are refused, and guessing gets slow', async () => {
  const made = await server.admin.call(createApiClient, { body: { name: 'guessed', role: 'readOnly' } })
  for (let n = 0; n < 10; n++) {
    await expect(tokenOf(made.client.clientId, `guess ${n}`)).rejects.toMatchObject({
      code: 'bad_credentials',
    })
  }
  await expect(tokenOf(made.client.clientId, made.clientSecret)).rejects.toMatchObject({
    code: 'too_many_requests',
  })
  await expect(tokenOf('nobody', 'nothing')).rejects.toMatchObject({ code: 'bad_credentials' })
})

test('a deleted client’s tokens end at once', async () => {
  const made = await server.admin.call(createApiClient, { body: { name: 'short-lived', role: 'analyst' } })
  const { access_token } = await tokenOf(made.client.clientId, made.clientSecret)
  await callerWith(access_token)(whoami, {})
  const listed = (await server.admin.call(listApiClients, {})).items.find(({ id }) => id === made.client.id)!
  expect(listed).toMatchObject({ name: 'short-lived', role: 'analyst', lastUsedAt: expect.any(String) })
  await server.admin.call(deleteApiClient, { params: { id: made.client.id } })
  await expect(callerWith(access_token)(whoami, {})).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(server.admin.call(deleteApiClient, { params: { id: made.client.id } })).rejects.toMatchObject({
    code: 'api_client_not_found',
  })
})

test('two clients do not share a name', async () => {
  const body = { name: 'twin', role: 'readOnly' as const }
  await server.admin.call(createApiClient, { body })
  await expect(server.admin.call(createApiClient, { body })).rejects.toMatchObject({ code: 'name_taken' })
})
