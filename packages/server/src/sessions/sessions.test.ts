import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openAccounts } from '../accounts/accounts.ts'
import { openDatabase } from '../state/database.ts'
import { absoluteMillis, idleMillis, openSessions } from './sessions.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-sessions-'))
const db = await openDatabase(folder)
const sessions = openSessions({ db })
const { account } = await openAccounts({ db }).create({ username: 'anna', name: 'Anna', role: 'analyst' })
afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

/** Makes a session that began and was last used so long ago. */
async function sessionOfAge(begun: number, used: number): Promise<string> {
  const secret = await sessions.begin(account.id, '192.0.2.1')
  const now = Date.now()
  await db
    .updateTable('sessions')
    .set({ created_at: now - begun, last_seen_at: now - used })
    .where('created_at', '>=', now - 1000)
    .execute()
  return secret
}

const minute = 60_000

test.each([
  ['just begun', 0, 0, true],
  ['idle for almost twelve hours', idleMillis, idleMillis - minute, true],
  ['idle for longer', idleMillis + minute, idleMillis + minute, false],
  ['in use for almost seven days', absoluteMillis - minute, 0, true],
  ['in use for longer', absoluteMillis + minute, 0, false],
])('a session %s', async (_words, begun, used, isOpen) => {
  const who = await sessions.find(await sessionOfAge(begun, used), '192.0.2.2')
  expect(who !== undefined).toBe(isOpen)
  if (isOpen)
    expect(who).toMatchObject({ type: 'user', id: account.id, role: 'analyst', address: '192.0.2.2' })
})

test('use keeps a session open', async () => {
  const secret = await sessionOfAge(idleMillis, idleMillis - minute)
  await sessions.find(secret, '192.0.2.1')
  const { last_seen_at } = await db
    .selectFrom('sessions')
    .select('last_seen_at')
    .orderBy('last_seen_at', 'desc')
    .executeTakeFirstOrThrow()
  expect(Date.now() - last_seen_at).toBeLessThan(minute)
})

test('a new session clears away those that have ended', async () => {
  await db.deleteFrom('sessions').execute()
  await sessionOfAge(absoluteMillis + minute, 0)
  await sessions.begin(account.id, '192.0.2.1')
  expect(await db.selectFrom('sessions').selectAll().execute()).toHaveLength(1)
})
