import { afterAll, describe, expect, test } from 'vitest'
import { column, type Row } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { grouped } from './grouped.ts'
import { recordedTable } from './recorded-table.ts'

const columns = {
  id: column.bigint('Id.', { index: true }),
  path: column.text('Path.', { index: true, aliases: ['file'] }),
  kind: column.integer('Kind.'),
  price: column.double('Price.'),
}
const paths = ['/b', null, '/a', '/\u{1f600}', '/\uffee', '', '/a/b', '10', 10, '9', '/\ud800', '/b\0c']
const rows = Array.from({ length: 500 }, (_, id) => ({
  id,
  path: paths[(id * 7) % paths.length] as string | null,
  kind: id % 11 === 0 ? null : (id * 13) % 5,
  price: id / 4,
}))
const few = recordedTable('few', columns, rows)
const many = recordedTable('many', columns, rows, { estimatedRows: 1_000_000 })
const torn = recordedTable(
  'torn',
  columns,
  function* () {
    yield* rows.slice(0, 100)
    throw new Error('torn')
  },
  { estimatedRows: 1_000_000 },
)
const engine = await openEngine({ tables: [few.table, many.table, torn.table], host: {} as Host })
afterAll(() => engine.close())

const plan = (sql: string) => engine.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail)
const sorts = (sql: string) => plan(sql).some((detail) => String(detail).includes('TEMP B-TREE FOR GROUP BY'))

describe('a large table is grouped as SQLite would do it', () => {
  test.each([
    'SELECT path, count(*) FROM many GROUP BY path',
    'SELECT hex(path), count(*), min(id), max(price), group_concat(id) FROM many WHERE id > 20 GROUP BY path',
    'SELECT file, kind, count(*) FROM many GROUP BY file, kind',
    "SELECT kind, sum(price) FROM many WHERE path LIKE '/%' GROUP BY kind HAVING count(*) > 3",
    'SELECT path, count(DISTINCT kind) AS kinds FROM many GROUP BY path ORDER BY kinds DESC, path',
    'SELECT path, count(*) FROM many GROUP BY path LIMIT 3',
    'SELECT a.kind, count(*) FROM many a CROSS JOIN few b ON b.id = a.id GROUP BY a.kind',
    'SELECT path FROM many WHERE id < 0 GROUP BY path',
  ])('%s', (sql) => {
    expect(engine.all(sql)).toEqual(engine.all(sql.replace('many', 'few')))
    expect(sorts(sql)).toBe(false)
    expect(sorts(sql.replace('many', 'few'))).toBe(true)
  })
})

test.each([
  'SELECT price, count(*) FROM many GROUP BY price',
  'SELECT lower(path), count(*) FROM many GROUP BY lower(path)',
  'SELECT path, count(*) FROM many GROUP BY path COLLATE NOCASE',
])('what is no plain column is left to SQLite: %s', (sql) => {
  expect(engine.all(sql)).toEqual(engine.all(sql.replace('many', 'few')))
  expect(sorts(sql)).toBe(true)
})

test('an error in the middle keeps what was read, with a warning', () => {
  const [one] = engine.all('SELECT sum(n) AS n FROM (SELECT path, count(*) AS n FROM torn GROUP BY path)')
  expect(one).toEqual({ n: 100 })
  expect(engine.lastWarnings.map(({ code }) => code)).toEqual(['partial'])
})

test('what does not fit is taken part by part, in the same order', () => {
  let scans = 0
  const open = () => {
    scans++
    return rows as Row<typeof columns>[]
  }
  // Each row is the same object with other values.
  const ask = (bytes: number) =>
    Array.from(
      grouped(open, ['path'], ['path', 'id'], bytes, () => false),
      (row) => ({ ...row }),
    )
  const whole = ask(1e9)
  expect(whole).toHaveLength(rows.length)
  expect(scans).toBe(1)
  expect(ask(2000)).toEqual(whole)
  expect(scans).toBeGreaterThan(3)
})

test('it stops when it must', () => {
  const endless = function* () {
    for (;;) yield rows[0]!
  }
  let looks = 0
  expect([...grouped(endless, ['path'], ['path', 'id'], 1e9, () => ++looks > 10)]).toEqual([])
  const end = engine.run(
    {
      sql: 'SELECT path, count(*) FROM many GROUP BY path',
      readable: [],
      limits: { cpuShare: 1, seconds: 0, resultRows: 10, resultBytes: 1e6, memoryBytes: 1e8 },
    } as never,
    { columns() {}, rows() {} },
  )
  expect(end.status).toBe('timedOut')
})
