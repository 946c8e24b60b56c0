import { expect, test } from 'vitest'
import { constrainsEverywhere } from './constrains.ts'

const says = (sql: string) => constrainsEverywhere(sql, ['journal'], ['time', 'time_ms'])

test.each([
  'SELECT * FROM journal WHERE time > 5',
  'SELECT * FROM Journal j WHERE 5 < j."Time"',
  'SELECT * FROM journal WHERE time BETWEEN 1 AND 2',
  'SELECT * FROM journal WHERE time NOT BETWEEN 1 AND 2',
  'SELECT * FROM journal WHERE time IN (1, 2)',
  'SELECT * FROM journal WHERE time_ms >= 1',
  "SELECT * FROM journal WHERE path = 'x' OR time > 5",
  'SELECT * FROM file f LEFT JOIN journal j ON j.path = f.path WHERE j.time > 5',
  'SELECT * FROM journal j WHERE time > (SELECT unix_time FROM time)',
  'SELECT * FROM journal a JOIN journal b ON b.time >= a.time',
  'SELECT * FROM journal j WHERE EXISTS (SELECT 1 FROM x WHERE x.t = j.time)',
  'SELECT * FROM x JOIN journal USING (time)',
])('is constrained: %s', (sql) => {
  expect(says(sql)).toBe(true)
})

test.each([
  'SELECT * FROM journal',
  'SELECT time > 5 FROM journal',
  'SELECT * FROM journal WHERE time + 0 > 5',
  'SELECT * FROM journal WHERE 5 < time + 0',
  'SELECT * FROM journal WHERE 0 + time > 5',
  'SELECT * FROM journal, other o WHERE o.time > 5',
  'SELECT * FROM journal WHERE time > 5 UNION ALL SELECT * FROM journal',
  'SELECT * FROM (SELECT * FROM journal j WHERE j.time > 5 UNION SELECT * FROM journal j) ORDER BY 1',
  'SELECT * FROM journal WHERE path IN (SELECT path FROM journal WHERE time > 5)',
  'SELECT * FROM journal ORDER BY time',
  'SELECT * FROM other WHERE time > 5',
  "SELECT * FROM journal WHERE path = 'time > 5' -- time > 5",
])('is not: %s', (sql) => {
  expect(says(sql)).toBe(false)
})
