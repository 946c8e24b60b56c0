import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openDatabase } from '../state/database.ts'
import { openGroupWrites } from './group-writes.ts'
import { openUpkeep } from './upkeep.ts'

test('what expired and what nobody counts any more is removed, the rest stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-upkeep-'))
  const db = await openDatabase(folder)
  try {
    const now = Date.now()
    const row = {
      connector_id: 'c',
      type: 'ipAddress',
      asked_by: '',
      mapped_by: '',
      answer: '{}',
      raw: null,
      fetched_at: now,
    }
    await db
      .insertInto('enrichment_cache')
      .values([
        { ...row, value: 'old', expires_at: now - 1 },
        { ...row, value: 'good', expires_at: now + 60_000 },
      ])
      .execute()
    const hours = 3_600_000
    await db
      .insertInto('connector_sends')
      .values([50, 47, 1].map((ago) => ({ connector_id: 'c', at: now - ago * hours })))
      .execute()
    await db
      .insertInto('connector_rests')
      .values([
        { connector_id: 'c', reason: 'resting', until: now - 1 },
        { connector_id: 'd', reason: 'resting', until: now + hours },
      ])
      .execute()
    const ground = { closing: new AbortController().signal, log: pino({ level: 'silent' }) }
    await openUpkeep(ground, openGroupWrites(db)).sweep()
    const values = await db.selectFrom('enrichment_cache').select('value').execute()
    const sends = await db.selectFrom('connector_sends').select('at').execute()
    const rests = await db.selectFrom('connector_rests').select('connector_id').execute()
    expect([values, sends.length, rests]).toEqual([[{ value: 'good' }], 2, [{ connector_id: 'd' }]])
  } finally {
    await db.destroy()
    rmSync(folder, { recursive: true })
  }
})
