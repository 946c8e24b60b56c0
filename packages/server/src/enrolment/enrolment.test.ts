import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../state/database.ts'
import { openEnrolment } from './enrolment.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-enrolment-'))
const db = await openDatabase(folder)
const enrolment = openEnrolment({ db })
afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

test('an expired token opens nothing', async () => {
  const { secret } = await enrolment.create({ name: 'late', maxUses: 1, expiresInSeconds: -1 })
  await expect(enrolment.use(secret)).rejects.toMatchObject({ code: 'bad_enrolment_token' })
})

test('a use that is given back can be used again, and never becomes one too many', async () => {
  const { token, secret } = await enrolment.create({ name: 'once', maxUses: 1, expiresInSeconds: 60 })
  await enrolment.giveBack(token.id)
  expect(await enrolment.use(secret)).toBe(token.id)
  await expect(enrolment.use(secret)).rejects.toThrow()
  await enrolment.giveBack(token.id)
  expect(await enrolment.use(secret)).toBe(token.id)
})

test('each start replaces the unused token of the agent beside the server', async () => {
  const first = await enrolment.createLocal()
  const second = await enrolment.createLocal()
  await expect(enrolment.use(first)).rejects.toThrow()
  await enrolment.use(second)
  await enrolment.createLocal()
  const local = (await enrolment.list()).filter((token) => token.local === 1)
  expect(local.map((token) => token.uses).sort()).toEqual([0, 1])
})
