import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../state/database.ts'
import { openAudit } from './audit.ts'
import { readAudit } from './read-audit.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-audit-'))
const db = await openDatabase(folder)
const audit = openAudit(db)

beforeAll(async () => {
  for (let n = 1; n <= 5; n++) await audit('system', n % 2 ? 'odd' : 'even', `target-${n}`, { n })
})
afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

test('pages from the latest to the first, and says when there is no more', async () => {
  const targets: (string | undefined)[] = []
  let pageFromKey: string | undefined
  for (let page = 0; page < 3; page++) {
    const { items, pages } = await readAudit(db, { pageFromKey, pageSize: 2 })
    targets.push(...items.map((entry) => entry.target))
    pageFromKey = pages.nextKey
    if (page === 2) expect(pages).toEqual({ fromKey: '2', nextKey: undefined, size: 2, maxSize: 500 })
  }
  expect(targets).toEqual(['target-5', 'target-4', 'target-3', 'target-2', 'target-1'])
})

test('narrows to one action', async () => {
  const { items } = await readAudit(db, { pageSize: 50, action: 'even' })
  expect(items.map((entry) => entry.detail)).toEqual([{ n: 4 }, { n: 2 }])
  expect(items[0]!.principal).toEqual({ type: 'system', name: 'Quarry', id: undefined })
})

test('a key of something else is refused', async () => {
  await expect(readAudit(db, { pageFromKey: "1' OR 1", pageSize: 2 })).rejects.toMatchObject({
    code: 'bad_request',
  })
})

test('what is written is neither changed nor removed', async () => {
  await expect(db.updateTable('audit').set({ action: 'nothing' }).execute()).rejects.toThrow('append-only')
  await expect(db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
  expect((await readAudit(db, { pageSize: 50 })).items).toHaveLength(5)
})
