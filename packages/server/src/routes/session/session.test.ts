import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount, deleteAccount, listAccounts, updateAccount } from '@quarry/schema/endpoints/accounts'
import { listAudit } from '@quarry/schema/endpoints/audit'
import { changePassword, getSession, signIn, signOut } from '@quarry/schema/endpoints/session'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, startServer } from '../../start.ts'
import { newPerson, type Person, signInAs } from '../../testing/person.ts'

const password = 'password-of-the-administrator'
const folder = mkdtempSync(join(tmpdir(), 'quarry-session-'))
let server: Server
let admin: Person

beforeAll(async () => {
  server = await startServer({ data: folder, port: 0, adminPassword: password, logLevel: 'silent' })
  admin = await signInAs(server.url, 'admin', password)
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('sign-in answers with the session and a cookie that no script reads', async () => {
  const response = await fetch(`${server.url}${signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ADMIN', password }),
  })
  expect(response.status).toBe(201)
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^quarry_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/),
  ])
  expect(await response.json()).toMatchObject({
    account: { username: 'admin', role: 'superAdmin' },
    mustChangePassword: false,
    tenantId: server.tenantId,
  })
})

test('a wrong password and a name that nobody has are answered alike, and noted', async () => {
  const wrong = { code: 'bad_credentials', message: 'The user name or the password is wrong.' }
  await expect(signInAs(server.url, 'admin', 'wrong')).rejects.toMatchObject(wrong)
  await expect(signInAs(server.url, 'nobody-at-all', 'wrong')).rejects.toMatchObject(wrong)
  const { items } = await admin.call(listAudit, { query: { action: 'session.failed', pageSize: 2 } })
  expect(items.map((entry) => entry.principal)).toEqual([
    { type: 'nobody', name: 'nobody-at-all' },
    { type: 'nobody', name: 'admin' },
  ])
  expect(items[0]!.address).toBe('127.0.0.1')
})

test('guessing gets slow: the eleventh try must wait, and is told how long', async () => {
  await newPerson(admin, server.url, 'guessed', 'readOnly')
  for (let n = 0; n < 10; n++) await expect(signInAs(server.url, 'guessed', `${n}`)).rejects.toThrow('wrong')
  const response = await fetch(`${server.url}${signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'guessed', password: 'password-of-guessed' }),
  })
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await response.json()).toMatchObject({ error: 'too_many_requests' })
})

test('signing out ends the session', async () => {
  const person = await newPerson(admin, server.url, 'leaver', 'analyst')
  const { cookie, ...rest } = person.headers
  await person.call(signOut, {})
  person.headers.cookie = cookie!
  Object.assign(person.headers, rest)
  await expect(person.call(getSession, {})).rejects.toMatchObject({ code: 'unauthorized' })
})

test('a changed password ends the other sessions, and the old one opens nothing', async () => {
  const here = await newPerson(admin, server.url, 'changer', 'analyst')
  const there = await signInAs(server.url, 'changer', 'password-of-changer')
  const next = 'another good password'
  await expect(
    here.call(changePassword, { body: { current: 'not the password', next } }),
  ).rejects.toMatchObject({ code: 'bad_credentials' })
  for (const weak of ['short', 'Changer', 'password-of-changer']) {
    await expect(
      here.call(changePassword, { body: { current: 'password-of-changer', next: weak } }),
    ).rejects.toMatchObject({ code: 'weak_password' })
  }
  await here.call(changePassword, { body: { current: 'password-of-changer', next } })
  expect((await here.call(getSession, {})).account.username).toBe('changer')
  await expect(there.call(getSession, {})).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(signInAs(server.url, 'changer', 'password-of-changer')).rejects.toMatchObject({
    code: 'bad_credentials',
  })
})

test('a disabled, demoted, reset or deleted account loses its sessions', async () => {
  const person = await newPerson(admin, server.url, 'worker', 'responder')
  const { items } = await admin.call(listAccounts, {})
  const params = { id: items.find((account) => account.username === 'worker')!.id }

  const demoted = await admin.call(updateAccount, { params, body: { role: 'readOnly', name: 'Worker' } })
  expect(demoted.account).toMatchObject({ role: 'readOnly', name: 'Worker', disabled: false })
  await expect(person.call(getSession, {})).rejects.toMatchObject({ code: 'unauthorized' })

  await admin.call(updateAccount, { params, body: { disabled: true } })
  await expect(signInAs(server.url, 'worker', 'password-of-worker')).rejects.toThrow('wrong')

  const reset = await admin.call(updateAccount, { params, body: { disabled: false, resetPassword: true } })
  const again = await signInAs(server.url, 'worker', reset.oneTimePassword!)
  expect(again.session.mustChangePassword).toBe(true)

  await admin.call(deleteAccount, { params })
  await expect(again.call(getSession, {})).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(admin.call(deleteAccount, { params })).rejects.toMatchObject({ code: 'account_not_found' })
})

test('a user name is taken whatever its case', async () => {
  const body = { username: 'Admin', name: 'Another', role: 'readOnly' as const }
  await expect(admin.call(createAccount, { body })).rejects.toMatchObject({ code: 'name_taken' })
})

test('the last Super Admin stays', async () => {
  const { account } = admin.session
  const params = { id: account.id }
  const refused = { code: 'last_super_admin' }
  await expect(admin.call(deleteAccount, { params })).rejects.toMatchObject(refused)
  await expect(admin.call(updateAccount, { params, body: { role: 'admin' } })).rejects.toMatchObject(refused)
  await expect(admin.call(updateAccount, { params, body: { disabled: true } })).rejects.toMatchObject(refused)
  // What was refused was undone as a whole: the session is still there.
  expect((await admin.call(getSession, {})).account.role).toBe('superAdmin')
})

test('no secret is in the database as it is', async () => {
  const secret = admin.headers.cookie!.split('=')[1]!
  for (const file of ['state.db', 'state.db-wal']) {
    const bytes = readFileSync(join(folder, file))
    for (const text of [secret, password, admin.session.csrfToken]) expect(bytes.includes(text)).toBe(false)
  }
})
