import { generateKeyPairSync } from 'node:crypto'
import { client } from '@quarry/schema'
import type { Facts } from '@quarry/schema/agent/facts'
import { enrol } from '@quarry/schema/endpoints/agent'
import { listAudit } from '@quarry/schema/endpoints/audit'
import {
  createEnrolmentToken,
  listEnrolmentTokens,
  revokeEnrolmentToken,
} from '@quarry/schema/endpoints/enrolment-tokens'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GroundServer, startGroundServer } from '../../testing/ground-server.ts'

let server: GroundServer
beforeAll(async () => {
  server = await startGroundServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const facts: Facts = {
  hostname: 'web-1',
  machineId: 'a1',
  platform: 'linux',
  isServer: true,
  osName: 'Debian GNU/Linux 13',
  majorVersion: 13,
  minorVersion: 0,
  build: 0,
  kernel: '6.12',
  bootedAt: 1_700_000_000,
  ipv4Addresses: ['192.0.2.1'],
  ipv6Addresses: [],
  macAddresses: [],
  cpu: 'any',
  cores: 2,
  memoryBytes: 4_000_000_000,
  vendor: '',
  model: '',
  agentVersion: '0.1.0',
  capabilities: [],
}

function newKey(type: 'ed25519' | 'x25519' = 'ed25519'): string {
  // The overloads of Node's types want a literal.
  const { publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
}

async function newToken(maxUses: number, expiresInSeconds?: number) {
  return await server.admin.call(createEnrolmentToken, {
    body: { name: 'a token', maxUses, expiresInSeconds },
  })
}

const enrolWith = (token: string, publicKey = newKey()) =>
  client(server.url)(enrol, { body: { token, publicKey, facts } })
const usesOf = async (id: string) =>
  (await server.admin.call(listEnrolmentTokens, {})).items.find((token) => token.id === id)!.uses

const refused = { code: 'bad_enrolment_token' }

test('a token serves as many devices as it says, also when they come at once', async () => {
  const { token, secret } = await newToken(3)
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => enrolWith(secret)))
  const served = all.filter((one) => one.status === 'fulfilled')
  expect(served).toHaveLength(3)
  expect(new Set(served.map((one) => one.value.endpointId)).size).toBe(3)
  expect(served[0]!.value.tenantId).toBe(server.tenantId)
  expect(await usesOf(token.id)).toBe(3)
  for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject(refused)
})

test('the same key again has the same id and costs no second use', async () => {
  const { token, secret } = await newToken(2)
  const key = newKey()
  const first = await enrolWith(secret, key)
  expect(await enrolWith(secret, key)).toEqual(first)
  expect(await usesOf(token.id)).toBe(1)
})

test('an unknown or revoked token opens nothing, and the refusal is noted', async () => {
  const { token, secret } = await newToken(5)
  await server.admin.call(revokeEnrolmentToken, { params: { id: token.id } })
  await expect(enrolWith(secret)).rejects.toMatchObject(refused)
  await expect(enrolWith('unknown')).rejects.toMatchObject(refused)
  const { items } = await server.admin.call(listAudit, {
    query: { action: 'agent.enrol.failed', pageSize: 1 },
  })
  expect(items[0]!.principal).toEqual({ type: 'nobody', name: 'web-1' })
  const listed = (await server.admin.call(listEnrolmentTokens, {})).items.find(({ id }) => id === token.id)!
  expect(listed.revokedAt).toMatch(/^\d{4}-/)
  expect(JSON.stringify(listed)).not.toContain(secret)
})

test('revoking what does not exist says so', async () => {
  const params = { id: '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10' }
  await expect(server.admin.call(revokeEnrolmentToken, { params })).rejects.toMatchObject({
    code: 'enrolment_token_not_found',
  })
})

test.each([
  ['of another kind', newKey('x25519')],
  ['that is no key', Buffer.from('no key').toString('base64')],
  ['in another spelling', `${newKey()}\n`],
])('a key %s is refused and costs no use', async (_kind, publicKey) => {
  const { token, secret } = await newToken(1)
  await expect(enrolWith(secret, publicKey)).rejects.toMatchObject({ code: 'bad_request' })
  expect(await usesOf(token.id)).toBe(0)
})

test('who tries tokens must wait', async () => {
  await using other = await startGroundServer()
  const tries = Array.from({ length: 31 }, () =>
    client(other.url)(enrol, { body: { token: 'guess', publicKey: newKey(), facts } }).catch((e) => e.code),
  )
  const codes = await Promise.all(tries)
  expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(1)
})
