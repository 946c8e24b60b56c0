import type { ColumnSpec, TableSpec } from '@quarry/schema'
import { expect, test } from 'vitest'
import { lint } from './lint.ts'

const table = (name: string, ...columns: (string | Partial<ColumnSpec>)[]): TableSpec => ({
  name,
  description: 'A table.',
  platforms: ['linux'],
  examples: [],
  columns: columns.map((column) => ({
    name: '',
    type: 'text',
    description: 'A column.',
    ...(typeof column === 'string' ? { name: column } : column),
  })),
})
const tables = [
  table('processes', 'pid', 'name', 'path'),
  {
    ...table('grep', { name: 'path', required: true }, { name: 'pattern', required: true }, 'line'),
    requiresAll: true,
  },
  table('file', { name: 'path', required: true }, { name: 'directory', required: true }, 'size'),
  table('sophos_process_journal', 'time', { name: 'time_ms', hidden: true }, 'sophos_pid', {
    name: 'sophosPID',
    hidden: true,
    aliasOf: 'sophos_pid',
  }),
]
const say = (sql: string) =>
  lint(sql, tables).map((f) => `${f.severity} ${sql.slice(f.from, f.to)}: ${f.message}`)

test.each([
  ['SELECT * FROM proceses', ['error proceses: No device has a table “proceses”. Did you mean “processes”?']],
  ['SELECT p.nmae FROM processes p', ['error nmae: “processes” has no column “nmae”. Did you mean “name”?']],
  [
    'SELECT f.size FROM file f',
    ['warning file: “file” gives no rows without a constraint on “path” or “directory”.'],
  ],
  ["SELECT size FROM file WHERE path LIKE '/tmp/%'", []],
  ['SELECT f.size FROM processes p JOIN file f USING (path)', []],
  ['SELECT f.size FROM processes p JOIN file f ON p.path = f.path', []],
  ['WITH x AS (SELECT pid FROM processes) SELECT x.anything FROM x', []],
  ['WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT n.i FROM n', []],
  ['SELECT s.foo FROM (SELECT 1 AS foo) s, processes', []],
  ['SELECT p.pid FROM processes p, json_each(p.name) j WHERE j.value = 1', []],
  ['SELECT pid IS DISTINCT FROM name FROM processes', []],
  ['SELECT p."name" FROM "processes" AS p', []],
  [
    'SELECT j.sophosPID FROM sophos_process_journal j',
    [
      'info sophosPID: “sophosPID” is an old name of “sophos_pid”.',
      'info sophos_process_journal: Without a constraint on “time” a journal shows the last 15 minutes.',
    ],
  ],
  ['SELECT 1 FROM sophos_process_journal WHERE time > 0', []],
  ["SELECT 1 FROM sophos_process_journal WHERE sophos_pid = '1:2'", []],
  ['SELECT * FROM registry', ['error registry: “registry” is a table of Windows; no device here has it.']],
  [
    'SELECT * FROM battery',
    ['error battery: “battery” is a table of macOS and Windows; no device here has it.'],
  ],
  [
    'SELECT nmae FROM processes WHERE pid > 1 ORDER BY pid DESC',
    ['error nmae: “processes” has no column “nmae”. Did you mean “name”?'],
  ],
  [
    "SELECT name AS n, count(*) c, CAST(pid AS INTEGER) FROM processes p WHERE path LIKE '/tmp/%' GROUP BY n HAVING c > 1 ORDER BY c DESC NULLS LAST",
    [],
  ],
  [
    "SELECT f.attributes FROM file f WHERE f.path = '/etc/passwd'",
    ['info attributes: “file” has “attributes” only on Windows; elsewhere it is empty.'],
  ],
  ["SELECT attributes FROM file WHERE path = '/etc/passwd'", []],
  ['SELECT whatever FROM (SELECT 1 AS whatever)', []],
  ['EXPLAIN QUERY PLAN SELECT pid FROM processes', []],
  ['SELECT name FROM processes ORDER BY name COLLATE VERSION_DPKG', []],
  ['SELECT rank() OVER w, sum(pid) OVER (v) FROM processes WINDOW w AS (ORDER BY pid), v AS (w)', []],
  [
    'SELECT sophospid FROM sophos_process_journal WHERE time > 0',
    ['info sophospid: “sophospid” is an old name of “sophos_pid”.'],
  ],
  ['SELECT sophosPID AS sophosPID FROM sophos_process_journal WHERE time > 0', []],
  [
    'SELECT 1 FROM sophos_process_journal a JOIN sophos_process_journal b ON a.sophos_pid = b.sophos_pid AND a.time > 0',
    [],
  ],
  [
    'SELECT a.time > 5 FROM sophos_process_journal a, sophos_process_journal b WHERE b.time BETWEEN 1 AND 2',
    ['info sophos_process_journal: Without a constraint on “time” a journal shows the last 15 minutes.'],
  ],
  [
    "SELECT line FROM grep WHERE path = '/etc/hosts'",
    ['warning grep: “grep” gives no rows without a constraint on “pattern”.'],
  ],
  ["SELECT line FROM grep WHERE path = '/etc/hosts' AND pattern IN ('a', 'b')", []],
  ['SELECT (SELECT f.size FROM file f WHERE f.path = p.path) FROM processes p', []],
  ['SELECT size FROM processes NATURAL JOIN file', []],
  [
    "SELECT date_format(a, '%Y') FROM xdr_data WHERE t > now() - INTERVAL '7' DAY",
    ['error xdr_data: “xdr_data” is a table of the data lake; no device has it.'],
  ],
])('%s', (sql, expected) => {
  expect(say(sql)).toEqual(expected)
})

test('without any device it knows nothing and says nothing', () => {
  expect(lint('SELECT * FROM anything', [])).toEqual([])
})

test.each([
  [2, 3, 'warning processes: 1 of the 3 chosen devices does not have the table “processes”.'],
  [1, 3, 'warning processes: 2 of the 3 chosen devices do not have the table “processes”.'],
  [0, 3, 'error processes: None of the chosen devices has the table “processes”.'],
])('says which devices lack a table: %i of %i', (has, of, message) => {
  const sql = 'SELECT pid FROM processes'
  const found = lint(sql, [{ ...tables[0]!, devices: has }], of)
  expect(found.map((f) => `${f.severity} ${sql.slice(f.from, f.to)}: ${f.message}`)).toEqual([message])
  expect(lint(sql, [{ ...tables[0]!, devices: of }], of)).toEqual([])
})

test('tells no more than anybody reads', () => {
  const names = Array.from({ length: 700 }, (_, index) => `p.n${index}`)
  expect(lint(`SELECT ${names.join()} FROM processes p`, tables)).toHaveLength(500)
})

test('says where in the text: from and to, line and column', () => {
  const sql = "SELECT 'ä😀', p.nmae,\r\n  f.size\nFROM processes p,\n  file f"
  const places = lint(sql, tables).map(({ from, to, line, column }) => [sql.slice(from, to), line, column])
  expect(places).toEqual([
    ['nmae', 1, 17],
    ['file', 4, 3],
  ])
})
