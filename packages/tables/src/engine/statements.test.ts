import { sensitiveTables } from '@quarry/schema'
import type { QueryRequest } from '@quarry/schema/agent/query'
import { afterAll, describe, expect, test } from 'vitest'
import { column } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { recordedTable } from './recorded-table.ts'

const pid = { pid: column.bigint('Pid.', { index: true }) }
const tables = [
  recordedTable('processes', pid, [{ pid: 1 }, { pid: 2 }]),
  recordedTable('process_envs', { ...pid, value: column.text('Value.') }, [{ pid: 1, value: 'hush' }], {
    aliases: ['process_environment'],
  }),
  ...['docker_container_envs', 'shadow', 'grep', 'shell_history', 'curl'].map((name) =>
    recordedTable(name, pid, [{ pid: 1 }]),
  ),
]
const engine = await openEngine({
  tables: tables.map((one) => one.table),
  host: {} as Host,
})
afterAll(() => engine.close())

const limits = { cpuShare: 1, memoryBytes: 64 << 20, resultBytes: 1_000_000, resultRows: 1000, seconds: 5 }
function run(sql: string, readable: QueryRequest['readable'] = []) {
  const rows: unknown[][] = []
  const end = engine.run({ sql, readable, limits }, { columns() {}, rows: (batch) => rows.push(...batch) })
  return { rows, status: end.status, error: end.error }
}

describe('what is accepted', () => {
  test.each([
    ['SELECT 1;', [[1]]],
    ['-- a comment\nSELECT /* another */ 2; -- and one more\n;', [[2]]],
    ['SELECT "text", \'text\'', [['text', 'text']]],
    ["SELECT 'ÄB' LIKE 'Äb', 'A' LIKE 'a', 'A' GLOB 'a'", [[1, 1, 0]]],
    [
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT sum(i) FROM n',
      [[10]],
    ],
    [
      'SELECT pid, row_number() OVER (ORDER BY pid DESC) FROM processes ORDER BY pid',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    ['SELECT value FROM json_each(\'[1, "a"]\')', [[1], ['a']]],
    ['SELECT json_extract(\'{"a": {"b": 3}}\', \'$.a.b\')', [[3]]],
    ['VALUES (1), (2)', [[1], [2]]],
    ["SELECT name, type FROM pragma_table_info('processes')", [['pid', 'BIGINT']]],
    ['PRAGMA table_info(processes)', [[0, 'pid', 'BIGINT', 0, null, 0]]],
    ['SELECT name FROM sqlite_master', []],
  ])('%s', (sql, rows) => {
    expect(run(sql)).toEqual({ rows, status: 'succeeded', error: undefined })
  })
})

describe('what SQLite refuses is said in its words, with a near name', () => {
  test.each([
    ['SELECT * FROM proceses', 'no such table: proceses; did you mean processes?'],
    ['SELECT * FROM main.proceses', 'no such table: main.proceses; did you mean processes?'],
    ['SELECT * FROM qwertz', 'no such table: qwertz.'],
    ['SELECT pidd FROM processes', 'no such column: pidd; did you mean pid?'],
    ['SELECT p.ppid FROM processes p', 'no such column: p.ppid; did you mean p.pid?'],
    ['SELECT regex_mtach(1)', 'no such function: regex_mtach; did you mean regex_match?'],
    ['SELEC 1', 'near "SELEC": syntax error.'],
    ['SELECT 1; SELECT 2', 'Only one statement can be run at a time; there is more after its semicolon.'],
    ['SELECT 1; nonsense', 'Only one statement can be run at a time; there is more after its semicolon.'],
    ['SELECT $$pid$$', 'The statement has a place for a value, $$pid$$, and no value for it.'],
    [
      'SELECT pid FROM processes WHERE pid = ?',
      'The statement has a place for a value, ?, and no value for it.',
    ],
    [' -- nothing\n;', 'The statement is empty.'],
    ['SELECT 1\0', 'The statement holds a NUL character.'],
    ["SELECT json_extract('{', '$')", 'malformed JSON.'],
  ])('%s', (sql, message) => {
    expect(run(sql)).toEqual({ rows: [], status: 'failed', error: { code: 'sql', message } })
  })

  test.each([
    ['SELECT * FROM registry', 'The table registry exists only on Windows.'],
    ['SELECT * FROM Sophos_Registry_Journal', 'The table Sophos_Registry_Journal exists only on Windows.'],
    ['SELECT * FROM processes, launchd', 'The table launchd exists only on macOS.'],
    [
      'WITH a AS (SELECT unheard FROM processes) SELECT * FROM a, registry',
      'The table registry exists only on Windows.',
    ],
    ['SELECT tables_of(1) FROM mine, services s', 'The table services exists only on Windows.'],
  ])('%s', (sql, message) => {
    expect(run(sql)).toEqual({ rows: [], status: 'failed', error: { code: 'other_platform', message } })
  })
})

test.each([
  'SELECT meta_hostname FROM xdr_data',
  "SELECT try_cast(a AS varchar) FROM xdr_data WHERE t > now() - INTERVAL '7' DAY",
])('a table of the data lake is told apart: %s', (sql) => {
  expect(run(sql).error).toEqual({
    code: 'lake_table',
    message:
      'The table xdr_data belongs to the data lake, which is asked in its own dialect; no device has it.',
  })
})

test('a name of another platform’s table is free for a part of the statement', () => {
  expect(run('WITH registry AS (SELECT pid FROM processes) SELECT pidd FROM registry').error?.code).toBe(
    'sql',
  )
})

test('a statement nested beyond all measure is refused', () => {
  expect(run(`SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`)).toMatchObject({
    status: 'failed',
    error: { code: 'sql' },
  })
})

test('a sentence is cut at what the wire takes', () => {
  expect(run(`SELECT * FROM ${'x'.repeat(100_000)}`).error!.message).toHaveLength(2000)
})

test('a column of another platform is empty, hidden, and said to be so', () => {
  expect(engine.all('SELECT pid, elevated_token FROM processes WHERE pid = 1')).toEqual([
    { pid: 1, elevated_token: null },
  ])
  expect(engine.lastWarnings).toEqual([
    {
      code: 'partial',
      message: 'The column elevated_token of processes exists only on Windows; here it is empty.',
    },
  ])
  // A text is '' and a number NULL, as osquery gives them: queries for several platforms compare them with <>.
  expect(
    engine.all(
      "SELECT translated = 0 AS n, upid IS NULL AS u FROM processes WHERE protection_type <> 'x' AND pid = 1",
    ),
  ).toEqual([{ n: null, u: 1 }])
  expect(Object.keys(engine.all('SELECT * FROM processes')[0]!)).toEqual(['pid'])
  expect(engine.lastWarnings).toEqual([])
})

describe('nothing but reading', () => {
  test.each([
    'INSERT INTO processes VALUES (1)',
    'UPDATE processes SET pid = 1',
    'DELETE FROM processes',
    'CREATE TABLE t (a)',
    'CREATE TEMP TABLE t (a)',
    'CREATE TABLE t AS SELECT 1',
    'CREATE VIEW v AS SELECT 1',
    'CREATE TEMP VIEW v AS SELECT 1',
    'CREATE TRIGGER t AFTER INSERT ON processes BEGIN SELECT 1; END',
    'CREATE VIRTUAL TABLE f USING fts5(a)',
    'DROP TABLE processes',
    'ALTER TABLE processes RENAME TO p',
    "ATTACH '/tmp/quarry.db' AS other",
    'DETACH main',
    'BEGIN',
    'SAVEPOINT s',
    'VACUUM',
    "VACUUM INTO '/tmp/quarry.db'",
    'PRAGMA user_version = 1',
    'PRAGMA hard_heap_limit = 0',
    'SELECT * FROM pragma_function_list()',
    'REINDEX',
    'ANALYZE',
    'SELECT * FROM sqlite_dbpage',
    'SELECT * FROM sqlite_stmt',
    'SELECT * FROM dbstat',
    'SELECT fts5(1)',
    "SELECT sqlite_log(1, 'x')",
  ])('%s', (sql) => {
    const { rows, status, error } = run(sql)
    expect({ rows, status }).toEqual({ rows: [], status: 'failed' })
    // Some are no statements at all for a table of ours, and SQLite says so itself.
    expect(error!.code).toMatch(/^(not_allowed|sql)$/)
    expect(engine.all('SELECT count(*) AS n FROM processes')).toEqual([{ n: 2 }])
  })

  test.each([
    ['CREATE TABLE t (a)', 'Only reading is allowed: a change of the schema was refused.'],
    ["ATTACH '/tmp/quarry.db' AS other", 'Only reading is allowed: ATTACH was refused.'],
    ['PRAGMA user_version', 'Only reading is allowed: PRAGMA was refused.'],
    ['VACUUM', 'Only reading is allowed, and the statement reads nothing.'],
  ])('%s is told in a sentence', (sql, message) => {
    expect(run(sql).error).toEqual({ code: 'not_allowed', message })
  })

  test.each([
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/x', 1)",
    "SELECT edit('x')",
  ])('%s does not exist or is refused', (sql) => {
    expect(run(sql).status).toBe('failed')
  })
})

describe('sensitive tables', () => {
  const ways = [
    'SELECT value FROM process_envs',
    'SELECT count(*) FROM process_envs',
    'SELECT 1 FROM process_envs',
    'SELECT value FROM process_environment',
    'SELECT value FROM PROCESS_ENVS',
    'SELECT e.value FROM processes p JOIN process_envs e USING (pid)',
    'WITH e AS (SELECT * FROM process_envs) SELECT 1 FROM e',
    'SELECT 1 WHERE EXISTS (SELECT 1 FROM process_envs)',
    'SELECT 1 UNION ALL SELECT pid FROM process_envs',
  ]
  test.each(ways)('%s needs the permission', (sql) => {
    expect(run(sql)).toEqual({
      rows: [],
      status: 'failed',
      error: {
        code: 'not_allowed',
        message:
          'The table process_envs needs the permission table:process_envs, which whoever asked does not have.',
      },
    })
    expect(tables[1]!.scans).toEqual([])
  })

  test.each(sensitiveTables)('%s is open to whoever has its permission, and only that', (name) => {
    expect(run(`SELECT count(*) FROM ${name}`, [name]).rows).toEqual([[1]])
    const others = sensitiveTables.filter((one) => one !== name)
    expect(run(`SELECT count(*) FROM ${name}`, others).error?.code).toBe('not_allowed')
    tables[1]!.scans.length = 0
  })
})
