import { expect, test } from 'vitest'
import { openEmptyTables } from './empty-tables.ts'

test.each([
  ['SELECT 1 FROM md_devices d, processes p', 'no row in md_devices.'],
  ['SELECT 1 FROM processes p JOIN file f ON f.path = p.path', 'no row for what is asked of file.'],
  [
    'WITH a AS (SELECT * FROM processes) SELECT * FROM a, sophos_dns_journal',
    'every table has rows, and the conditions fit none of processes, sophos_dns_journal.',
  ],
])('says why there is no row: %s', async (sql, sentence) => {
  const asked: string[] = []
  const emptyTables = await openEmptyTables(async (one) => {
    asked.push(one)
    return { rows: one.includes('md_devices') ? 0 : 1 }
  })
  expect(await emptyTables(sql)).toBe(sentence)
  expect(await emptyTables(sql)).toBe(sentence)
  // A table is looked into once, and a journal as far back as it goes.
  expect(new Set(asked).size).toBe(asked.length)
  for (const one of asked) expect(one.includes('journal')).toBe(one.includes('WHERE time > 0'))
})
