import type { Limits } from '@quarry/schema/agent/query'
import { afterAll, describe, expect, test } from 'vitest'
import { column } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { recordedTable } from './recorded-table.ts'

let pulled = 0
function* endless() {
  for (;;) yield { n: pulled++ }
}
const n = { n: column.bigint('N.') }
const tables = [
  recordedTable('endless', n, endless),
  recordedTable('broken', n, function* () {
    yield { n: 1 }
    throw new Error('the secret path /root/.ssh/id_ed25519')
  }),
  recordedTable('denied', n, function* () {
    yield { n: 1 }
    throw Object.assign(new Error("EACCES: permission denied, open '/root/x'"), { code: 'EACCES' })
  }),
  recordedTable('unborn', n, () => {
    throw new TypeError('no iterator')
  }),
  recordedTable('talker', n, function* (scan) {
    for (let index = 0; index < 500; index++) scan.warn(`warning ${index % 250}`)
    scan.warn('x'.repeat(5000), 'table_unavailable')
    yield { n: 1 }
  }),
  recordedTable(
    'keeper',
    { key: column.bigint('Key.', { index: true }), made: column.integer('Made.') },
    function* (scan) {
      yield { key: scan.integers('key')?.[0], made: scan.once('made', () => made++) }
    },
  ),
]
let made = 0
const engine = await openEngine({ tables: tables.map((one) => one.table), host: {} as Host })
afterAll(() => engine.close())

const generous: Limits = {
  cpuShare: 1,
  memoryBytes: 64 << 20,
  resultBytes: 10_000_000,
  resultRows: 100_000,
  seconds: 20,
}
function run(sql: string, limits: Partial<Limits> = {}, signal?: { canceled(): boolean }) {
  const batches: unknown[][][] = []
  let bytes = 0
  const end = engine.run(
    { sql, readable: [], limits: { ...generous, ...limits } },
    {
      columns() {},
      rows(rows, size) {
        batches.push(rows)
        bytes += size
      },
    },
    signal,
  )
  return { end, rows: batches.flat(), batches, bytes }
}
const numbers = 'WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t)'

describe('rows and bytes', () => {
  test('the row limit keeps what was found and says that there is more', () => {
    const { end, rows } = run(`${numbers} SELECT i FROM t`, { resultRows: 3 })
    expect(rows).toEqual([[1], [2], [3]])
    expect(end.status).toBe('succeeded')
    expect(end.warnings).toEqual([
      {
        code: 'limited_rows',
        message: 'The limit of 3 rows was reached; what had been found is kept, and there is more.',
      },
    ])
  })

  test('as many rows as the limit are no reason to warn', () => {
    expect(run(`${numbers} SELECT i FROM t LIMIT 3`, { resultRows: 3 }).end.warnings).toEqual([])
  })

  test('the byte limit counts rows as JSON', () => {
    const { end, rows, bytes } = run(`${numbers} SELECT printf('%096d', i) FROM t`, { resultBytes: 1024 })
    // ["…96…"], is 101 bytes.
    expect(rows).toHaveLength(10)
    expect(bytes).toBe(1010)
    expect(end.stats).toMatchObject({ rows: 10, bytes: 1010 })
    expect(end.warnings.map((one) => one.code)).toEqual(['limited_bytes'])
  })

  test('one cell beyond the limit gives no row, and a warning', () => {
    const { end, rows } = run("SELECT printf('%02000d', 1)", { resultBytes: 1024 })
    expect(rows).toEqual([])
    expect(end.status).toBe('succeeded')
    expect(end.warnings.map((one) => one.code)).toEqual(['limited_bytes'])
  })

  test('rows come in batches of at most 1,000', () => {
    const { batches, rows } = run(`${numbers} SELECT i FROM t LIMIT 2500`)
    expect(rows).toHaveLength(2500)
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(1000)
  })

  test('a table is not read further than the limit', () => {
    pulled = 0
    run('SELECT n FROM endless', { resultRows: 50 })
    expect(pulled).toBe(51)
  })

  test('a row that was found goes out while the query still searches', () => {
    pulled = 0
    const got: unknown[] = []
    const end = engine.run(
      { sql: 'SELECT n FROM endless WHERE n = 5', readable: [], limits: generous },
      { columns() {}, rows: (rows) => got.push(...rows) },
      { canceled: () => got.length > 0 },
    )
    expect(got).toEqual([[5]])
    expect(end.status).toBe('canceled')
  })
})

describe('time, cancel and memory', () => {
  const timedOut = {
    status: 'timedOut',
    error: { code: 'time_limit', message: 'The time limit was reached; what had been found is kept.' },
  }

  test.each([
    ['in SQLite', `${numbers} SELECT count(*) FROM t`],
    ['in a table', 'SELECT count(*) FROM endless'],
  ])('an endless loop %s ends at the deadline', (_, sql) => {
    expect(run(sql, { seconds: 0.2 }).end).toMatchObject(timedOut)
  })

  test('rows found before the deadline are kept', () => {
    const { end, rows } = run('SELECT n FROM endless WHERE n % 1000 = 0 OR n < 0', {
      seconds: 0.2,
      resultRows: 1_000_000,
      resultBytes: 1e9,
    })
    expect(end).toMatchObject(timedOut)
    expect(rows.length).toBeGreaterThan(0)
    expect(end.stats.rows).toBe(rows.length)
  })

  test('cancel ends it', () => {
    let asked = 0
    const { end } = run(`${numbers} SELECT count(*) FROM t`, {}, { canceled: () => ++asked > 20 })
    expect(end.status).toBe('canceled')
  })

  test.each([
    ['a sort', `${numbers} SELECT i FROM t ORDER BY -i`],
    [
      'a long text',
      'SELECT group_concat(value) FROM (SELECT hex(zeroblob(1000000)) AS value FROM endless LIMIT 100)',
    ],
    ['a blob', 'SELECT length(zeroblob(900000000) || 1)'],
  ])('%s ends at the memory limit', async (_, sql) => {
    const small = await openEngine({ tables: [tables[0]!.table], host: {} as Host })
    const end = small.run(
      { sql, readable: [], limits: { ...generous, memoryBytes: 16 << 20 } },
      { columns() {}, rows() {} },
    )
    expect(end).toMatchObject({ status: 'failed', error: { code: 'memory_limit' } })
    // The engine lives on.
    expect(small.all('SELECT 1 AS a')).toEqual([{ a: 1 }])
    small.close()
  })
})

describe('tables that fail', () => {
  test.each([
    ['broken', 1, 'The table broken ended early: an internal error (Error).'],
    ['denied', 1, 'The table denied ended early: permission denied (EACCES).'],
    ['unborn', 0, 'The table unborn ended early: an internal error (TypeError).'],
  ])('%s costs its rest, not the query', (name, count, message) => {
    const { end, rows } = run(`SELECT n FROM ${name} UNION ALL SELECT 7`)
    expect(end.status).toBe('succeeded')
    expect(rows).toHaveLength(count + 1)
    expect(end.warnings).toEqual([{ code: 'partial', message }])
  })

  test('a sink that fails is the caller’s error, and the engine lives on', () => {
    const failing = {
      columns() {},
      rows: () => {
        throw new Error('pipe broken')
      },
    }
    expect(() => engine.run({ sql: 'SELECT 1', readable: [], limits: generous }, failing)).toThrow(
      'pipe broken',
    )
    expect(() =>
      engine.run({ sql: 'SELECT n FROM endless', readable: [], limits: generous }, failing),
    ).toThrow('pipe broken')
    expect(engine.all('SELECT 1 AS a')).toEqual([{ a: 1 }])
  })
})

describe('what a scan leaves', () => {
  test('warnings come once each, at most 200, none longer than the wire takes', () => {
    const { end } = run('SELECT * FROM talker')
    expect(end.warnings).toHaveLength(200)
    expect(new Set(end.warnings.map((one) => one.message)).size).toBe(200)
    expect(engine.lastWarnings).toBe(end.warnings)
  })

  test('once() lasts a statement', () => {
    made = 0
    expect(run("SELECT made FROM json_each('[1, 2, 3]') j JOIN keeper k ON k.key = j.value").rows).toEqual([
      [0],
      [0],
      [0],
    ])
    expect(run('SELECT made FROM keeper').rows).toEqual([[1]])
  })
})
