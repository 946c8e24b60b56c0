import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Endpoint, type ErrorCode, Role, roles, urlOf } from '@quarry/schema'
import { allEndpoints } from '@quarry/schema/contract'
import { createApiClient } from '@quarry/schema/endpoints/api-clients'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startServer } from './start.ts'
import { newPerson, type Person, signInAs } from './testing/person.ts'

const password = 'password-of-the-administrator'
const folder = mkdtempSync(join(tmpdir(), 'quarry-access-'))
const people = new Map<Role, Person>()
const tokens = new Map<Role, string>()
let server: Server

beforeAll(async () => {
  server = await startServer({ data: folder, port: 0, adminPassword: password, logLevel: 'silent' })
  const admin = await signInAs(server.url, 'admin', password)
  for (const role of Role.options) {
    people.set(role, await newPerson(admin, server.url, `the-${role}`, role))
    const { client, clientSecret } = await admin.call(createApiClient, { body: { name: role, role } })
    const form = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: clientSecret }
    const answer = await fetch(`${server.url}/api/v2/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    tokens.set(role, ((await answer.json()) as { access_token: string }).access_token)
  }
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const endpoints = await allEndpoints()
const guarded = endpoints.filter((spec) => spec.access !== 'public')

/** Calls with nothing but headers: parameters are well-formed but name nothing, and there is no body. */
async function answerOf(spec: Endpoint, headers: Record<string, string>): Promise<'passed' | ErrorCode> {
  const nobody = '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10'
  const url = new URL(urlOf(spec, { params: { id: nobody, endpointId: nobody } }), server.url)
  const response = await fetch(url, { method: spec.method, headers })
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/json')) {
    await response.body?.cancel()
    return 'passed'
  }
  const { error } = (await response.json()) as { error?: ErrorCode }
  const refusals = ['unauthorized', 'forbidden', 'bad_tenant', 'bad_csrf_token', 'password_change_required']
  return error !== undefined && refusals.includes(error) ? error : 'passed'
}

function expected(spec: Endpoint, role: Role): 'passed' | ErrorCode {
  if (spec.access === 'public' || spec.access === 'signedIn') return 'passed'
  return roles[role].includes(spec.access) ? 'passed' : 'forbidden'
}

/** A program has no session, so the calls about one refuse it whatever its role. */
const isOfPeople = (spec: Endpoint) => spec.id.startsWith('session.')

describe.each(guarded.map((spec) => [spec.id, spec] as const))('%s', (_id, spec) => {
  test('refuses whoever is not signed in', async () => {
    expect(await answerOf(spec, {})).toBe('unauthorized')
    expect(await answerOf(spec, { authorization: 'Bearer of-nothing' })).toBe('unauthorized')
    expect(await answerOf(spec, { cookie: 'quarry_session=of-nothing' })).toBe('unauthorized')
  })

  test.each(Role.options)('answers a program as %s by its permissions', async (role) => {
    const headers = { authorization: `Bearer ${tokens.get(role)}`, 'x-tenant-id': server.tenantId }
    expect(await answerOf(spec, headers)).toBe(isOfPeople(spec) ? 'forbidden' : expected(spec, role))
  })

  test('refuses a program without its tenant or with another one', async () => {
    const authorization = `Bearer ${tokens.get('superAdmin')}`
    const refused = spec.id === 'whoami.get' ? 'passed' : 'bad_tenant'
    expect(await answerOf(spec, { authorization })).toBe(refused)
    const foreign = { authorization, 'x-tenant-id': '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10' }
    expect(await answerOf(spec, foreign)).toBe(refused)
  })

  test.each(Role.options)('answers a person as %s by their permissions', async (role) => {
    // Signing out would end the session that the other tests need.
    if (spec.id === 'session.signOut') return
    expect(await answerOf(spec, people.get(role)!.headers)).toBe(expected(spec, role))
  })

  test('refuses a change without the CSRF token, or with that of someone else', async () => {
    if (spec.method === 'GET') return
    const { cookie } = people.get('superAdmin')!.headers
    expect(await answerOf(spec, { cookie: cookie! })).toBe('bad_csrf_token')
    const stranger = people.get('analyst')!.session.csrfToken
    expect(await answerOf(spec, { cookie: cookie!, 'x-csrf-token': stranger })).toBe('bad_csrf_token')
  })

  test('refuses another origin, another name of this server and another tenant', async () => {
    const { headers } = people.get('superAdmin')!
    const url = new URL(urlOf(spec, { params: { id: 'x', endpointId: 'x' } }), server.url)
    const foreign = await fetch(url, {
      method: spec.method,
      headers: { ...headers, origin: 'http://evil.example' },
    })
    expect(await foreign.json()).toMatchObject({ error: 'bad_origin' })
    if (spec.id === 'whoami.get') return
    expect(await answerOf(spec, { ...headers, 'x-tenant-id': 'another' })).toBe('bad_tenant')
  })
})

test('an account with a one-time password reaches nothing but its session', async () => {
  const admin = people.get('superAdmin')!
  const { createAccount } = await import('@quarry/schema/endpoints/accounts')
  const made = await admin.call(createAccount, {
    body: { username: 'fresh', name: 'Fresh', role: 'superAdmin' },
  })
  const { headers } = await signInAs(server.url, 'fresh', made.oneTimePassword)
  for (const spec of guarded) {
    if (isOfPeople(spec)) continue
    expect([spec.id, await answerOf(spec, headers)]).toEqual([spec.id, 'password_change_required'])
  }
})
