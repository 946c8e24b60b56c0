import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listAudit } from '@quarry/schema/endpoints/audit'
import {
  createConnector,
  getConnector,
  listConnectors,
  putConnectorSecret,
  testConnector,
} from '@quarry/schema/endpoints/connectors'
import { createEnrichments } from '@quarry/schema/endpoints/enrichments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signInAs } from '../testing/person.ts'
import { spawnServer } from '../testing/server-process.ts'
import { exampleConnector } from './testing/example-connector.ts'
import { failing, startStubService } from './testing/stub-service.ts'

const secret = 'Zq7-very+secret/key=9'
const password = 'password-of-the-administrator'
let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'quarry-secrets-'))
})
afterEach(() => rmSync(data, { recursive: true }))

async function start() {
  const env = { QUARRY_DATA: data, QUARRY_LOG_LEVEL: 'debug', QUARRY_ADMIN_PASSWORD: password }
  const server = spawnServer(env)
  const { url } = await server.ready
  const admin = await signInAs(url, 'admin', password)
  const answers: string[] = []
  const call: typeof admin.call = async (spec, input) => {
    try {
      const answer = await admin.call(spec, input)
      answers.push(JSON.stringify(answer))
      return answer
    } catch (error) {
      answers.push(String(error))
      throw error
    }
  }
  return {
    server,
    call,
    answers,
    end(signal: NodeJS.Signals) {
      server.kill(signal)
      return server.ended
    },
  }
}

/** Every form of the secret that may not be found. */
const forms = [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
]
const found = (bytes: Buffer | string) => forms.filter((form) => bytes.includes(form))

test('no byte of a key is in the database, the log or an answer, and what was sent survives kill −9', async () => {
  await using stub = await startStubService()
  // The service echoes all it got, which is the worst that a service can do.
  stub.answer = ({ url, headers }) => ({ country_name: url, city: headers['x-key'], all: { url, headers } })
  const definition = exampleConnector(stub.place, { limits: { requests: 100, perSeconds: 1, perDay: 5 } })
  const first = await start()
  const { id } = await first.call(createConnector, { body: { definition } })
  await first.call(putConnectorSecret, { params: { id }, body: { name: 'key', value: secret } })
  const ask = (call: typeof first.call, value: string, refresh = false) =>
    call(createEnrichments, {
      body: { connectorId: id, type: 'ipAddress', values: [value], raw: true, refresh },
    })
  await ask(first.call, '8.8.8.8')
  await first.call(testConnector, { params: { id }, body: { type: 'ipAddress', value: '8.8.8.8' } })
  expect(stub.got.at(-1)!.headers['x-key']).toBe(secret)
  stub.answer = ({ url }, response) =>
    void response
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ message: `bad ${url} ${secret}` }))
  const failed = await ask(first.call, '8.8.8.9')
  expect(failed.items[0]!.explanation).toContain('••••••')
  stub.answer = failing('a redirect to the metadata of a cloud')
  await ask(first.call, '8.8.8.10')
  await first
    .call(putConnectorSecret, { params: { id }, body: { name: 'other', value: secret } })
    .catch(() => {})
  await first.call(createConnector, { body: { definition } }).catch(() => {})
  await first.call(getConnector, { params: { id } })
  await first.call(listAudit, { query: { pageSize: 500 } })
  const { stderr } = await first.end('SIGKILL')

  expect(first.answers.flatMap(found)).toEqual([])
  expect(found(stderr)).toEqual([])
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = files.map(({ parentPath, name }) => join(parentPath, name))
  expect(names).toEqual(expect.arrayContaining([join(data, 'state.db'), join(data, 'connectors.key')]))
  for (const name of names) expect([name, found(readFileSync(name))]).toEqual([name, []])
  expect(statSync(join(data, 'connectors.key')).mode & 0o777).toBe(0o600)

  const second = await start()
  stub.got = []
  stub.answer = ({ headers }) => ({ city: headers['x-key'] === secret ? 'the key is still right' : 'lost' })
  const kept = await ask(second.call, '8.8.8.8')
  expect([kept.items[0]!.fromCache, kept.quota]).toEqual([
    true,
    expect.objectContaining({ usedToday: 4, left: 1 }),
  ])
  const fresh = await ask(second.call, '8.8.8.8', true)
  expect(fresh.items[0]!.fields.city).toBe('the key is still right')
  expect((await ask(second.call, '8.8.4.4')).items[0]).toMatchObject({
    status: 'refused',
    reason: 'quotaUsed',
  })
  const { items } = await second.call(listConnectors, { query: {} })
  expect(items.find((each) => each.id === id)!.state.code).toBe('quotaUsed')
  await second.end('SIGTERM')
  expect(stub.got).toHaveLength(1)
})
