import { expect, test } from 'vitest'
import { whyNotContinued } from './streams.ts'

test.each([
  'SELECT * FROM sophos_file_journal WHERE time > 5',
  "SELECT path FROM sophos_process_journal p JOIN processes USING (pid) WHERE path LIKE '%/limitless/%'",
  'SELECT time -- no ORDER BY\nFROM sophos_network_journal',
  "SELECT upper(name), datetime(time, 'unixepoch') FROM sophos_dns_journal WHERE name IN ('a', 'b')",
])('goes on: %s', (sql) => expect(whyNotContinued(sql)).toBeUndefined())

test.each([
  ['SELECT * FROM a ORDER BY time', 'it sorts what it finds'],
  ['SELECT path, count(*) FROM a GROUP BY path', 'it counts or sums up what it finds'],
  ['SELECT path FROM a GROUP BY path', 'it groups what it finds'],
  ['SELECT DISTINCT path FROM a', 'it compares what it finds with all the rest'],
  ['SELECT path FROM a UNION ALL SELECT path FROM b', 'it compares what it finds with all the rest'],
  ['SELECT path FROM a LIMIT 500000', 'it has a LIMIT of its own'],
  ["SELECT path FROM a WHERE time > strftime('%s', 'now') - 60", 'it asks for the time of now, which passes'],
  ["SELECT path FROM a WHERE time > strftime('%s') - 60", 'it asks for the time of now, which passes'],
  ['SELECT path FROM a WHERE time > julianday()', 'it asks for the time of now, which passes'],
  ['SELECT path FROM a WHERE (SELECT max(time) FROM b) > time', 'it counts or sums up what it finds'],
])('does not go on: %s', (sql, why) => expect(whyNotContinued(sql)).toBe(why))
