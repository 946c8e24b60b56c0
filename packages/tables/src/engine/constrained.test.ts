import { afterAll, expect, test } from 'vitest'
import { column, type Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { recordedTable } from './recorded-table.ts'

const columns = {
  time: column.bigint('Time.', { index: true, aliases: ['when'] }),
  key: column.text('Key.', { index: true }),
  path: column.text('Path.', { index: true }),
  other: column.text('Other.', { index: true }),
}
const seen: boolean[] = []
const look = (scan: Scan<typeof columns>) => {
  seen.push(scan.constrained('time'))
  return [
    { time: 10, key: 'a', path: '/x', other: 'o' },
    { time: 20, key: 'b', path: '/y', other: 'p' },
  ]
}
const more = { estimatedRows: 1_000_000, narrowedBy: ['time', 'key'] as const }
const { table, scans } = recordedTable('journal', columns, look, more)
const { table: small } = recordedTable('small', { key: column.text('Key.'), from: column.bigint('From.') }, [
  { key: 'a', from: 5 },
])
const engine = await openEngine({ tables: [table, small], host: {} as Host })
afterAll(() => engine.close())

function constrained(sql: string): boolean[] {
  seen.length = 0
  scans.length = 0
  engine.all(sql)
  return [...new Set(seen)]
}

test.each([
  "SELECT * FROM journal WHERE time > strftime('%s', 'now', '-7 days')",
  'SELECT * FROM journal WHERE time > (SELECT "from" FROM small)',
  'SELECT * FROM journal WHERE time BETWEEN CAST(5 AS INT) - 1 AND 30',
  'SELECT * FROM journal WHERE "when" > 5',
  'SELECT * FROM journal WHERE time <> 5',
  'SELECT * FROM journal WHERE time IS NOT NULL',
  'SELECT * FROM small s LEFT JOIN journal j ON j.time >= s."from" AND j.time <= s."from" + 100',
  'SELECT * FROM journal j CROSS JOIN small s WHERE j.time >= s."from"',
  "SELECT * FROM journal WHERE time > 5 AND (path = '/x' OR other = 'p')",
  "SELECT * FROM journal WHERE time BETWEEN 5 AND 30 AND (path = '/x' OR other = 'p')",
  "SELECT * FROM journal WHERE time > (SELECT \"from\" FROM small) AND (path = '/x' OR other = 'p')",
  "SELECT * FROM journal WHERE time > 5 OR path = '/x'",
  'SELECT * FROM small s LEFT JOIN journal j USING (key) WHERE j.time > 5',
  'WITH j AS (SELECT *, time + 1 AS later FROM journal) SELECT * FROM j WHERE j.time BETWEEN 5 AND 30',
])('time is constrained: %s', (sql) => {
  expect(constrained(sql)).toEqual([true])
})

test.each([
  'SELECT * FROM journal',
  'SELECT * FROM journal WHERE time + 0 > 5',
  "SELECT * FROM journal WHERE path = '/x'",
  'SELECT * FROM small s LEFT JOIN journal j USING (key)',
  'SELECT max(time) FROM journal',
])('time is not constrained: %s', (sql) => {
  expect(constrained(sql)).toEqual([false])
})

test('each place of a statement is judged for itself', () => {
  constrained('SELECT key FROM journal WHERE time > 5 UNION ALL SELECT key FROM journal')
  expect(seen).toEqual([true, false])
})

test('text is compared as a number, and handed over so on both sides', () => {
  constrained("SELECT * FROM journal WHERE time > '7' AND time <= '20'")
  expect(scans).toMatchObject([
    {
      constraints: {
        time: [
          ['>', 7],
          ['<=', 20],
        ],
      },
    },
  ])
})

test('a table is joined from the side that narrows it, and never united from scans of the whole', () => {
  constrained('SELECT * FROM journal j JOIN small s ON j.key = s.key')
  expect(scans).toMatchObject([{ values: { key: ['a'] } }])
  constrained("SELECT * FROM journal WHERE path = '/x' OR other = 'p'")
  expect(scans).toHaveLength(1)
})

test('how far a table came is told when a limit ends the statement, and only then', () => {
  const { table: long } = recordedTable('long', { n: column.bigint('N.') }, function* (scan) {
    for (let n = 0; ; n++) {
      scan.progress(() => `The table came to ${n}.`)
      yield { n }
    }
  })
  return openEngine({ tables: [long], host: {} as Host }).then((own) => {
    const limits = { cpuShare: 1, memoryBytes: 64 << 20, resultBytes: 1e6, resultRows: 5, seconds: 20 }
    const run = (sql: string, more = {}) =>
      own.run({ sql, readable: [], limits: { ...limits, ...more } }, { columns() {}, rows() {} })
    expect(run('SELECT n FROM long').warnings[0]!.message).toMatch(/there is more\. The table came to 5\.$/)
    expect(run('SELECT sum(n) FROM long', { seconds: 0.2 }).error!.message).toMatch(
      /The table came to \d+\.$/,
    )
    expect(run('SELECT n FROM long LIMIT 2').warnings).toEqual([])
    own.close()
  })
})
