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
  table('file', { name: 'path', required: true }, { name: 'directory', required: true }, 'size'),
  table('sophos_process_journal', 'time', 'sophos_pid', {
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
  ['SELECT a IS DISTINCT FROM b FROM processes', []],
  ['SELECT p."name" FROM "processes" AS p', []],
  [
    'SELECT j.sophosPID FROM sophos_process_journal j',
    [
      'info sophosPID: “sophosPID” is an old name of “sophos_pid”.',
      'info sophos_process_journal: Without a constraint on “time” a journal shows the last 15 minutes.',
    ],
  ],
  ['SELECT 1 FROM sophos_process_journal WHERE time > 0', []],
])('%s', (sql, expected) => {
  expect(say(sql)).toEqual(expected)
})

test('without any device it knows nothing and says nothing', () => {
  expect(lint('SELECT * FROM anything', [])).toEqual([])
})
