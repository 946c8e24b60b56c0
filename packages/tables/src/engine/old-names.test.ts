// Statements in names that columns had once, and names that two tables have.
import { afterAll, expect, test } from 'vitest'
import { column, defineTable, type Table } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'

const files = defineTable({
  name: 'file',
  description: 'Files.',
  platforms: ['linux'],
  columns: { path: column.text('Path.'), size: column.bigint('Size.') },
  examples: [],
  rows: () => [{ path: '/a', size: 1 }],
})
const scored = defineTable({
  name: 'scored',
  description: 'Files with scores.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path.', { index: true, aliases: ['pathname'] }),
    score: column.integer('Score.', { aliases: ['mlScore'] }),
    owner: column.text('Owner.', { yields: true }),
  },
  examples: [],
  rows: (_host, scan) =>
    ['/a', '/b']
      .filter((path) => scan.texts('path')?.includes(path) ?? true)
      .map((path) => ({ path, score: 7, owner: 'journal' })),
})
const owners = defineTable({
  name: 'owners',
  description: 'Owners.',
  platforms: ['linux'],
  columns: { owner: column.text('Owner.') },
  examples: [],
  rows: () => [{ owner: 'user' }],
})
const tables = [files, scored, owners] as unknown as Table[]
const engine = await openEngine({ tables, host: {} as Host })
afterAll(() => engine.close())

test.each([
  [
    'SELECT * shows the new names',
    'SELECT * FROM scored LIMIT 1',
    { path: '/a', score: 7, owner: 'journal' },
  ],
  [
    'SELECT * of a part that is asked in old names',
    "WITH f AS (SELECT * FROM scored) SELECT PathName, f.mlscore FROM f WHERE pathname = '/b'",
    { pathname: '/b', mlScore: 7 },
  ],
  [
    'a new name that another table has too',
    "SELECT path, s.mlScore FROM file f LEFT JOIN scored s ON f.path = s.pathname WHERE path LIKE '/a'",
    { path: '/a', mlScore: 7 },
  ],
  ['a name that yields', 'SELECT owner FROM scored s, owners LIMIT 1', { owner: 'user' }],
  [
    'a name that yields, asked by its table',
    'SELECT s.owner FROM scored s, owners LIMIT 1',
    { owner: 'journal' },
  ],
])('%s', (_, sql, row) => {
  const found = engine.all(sql)[0]!
  expect(
    Object.fromEntries(Object.entries(found).map(([name, value]) => [name.toLowerCase(), value])),
  ).toEqual(Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])))
})

test('one statement’s names are not the next one’s', () => {
  engine.all('WITH f AS (SELECT * FROM scored) SELECT pathname FROM f')
  expect(Object.keys(engine.all('SELECT * FROM scored')[0]!)).toEqual(['path', 'score', 'owner'])
  expect(() => engine.all('WITH f AS (SELECT * FROM scored) SELECT path, pathname FROM f')).toThrow(
    'no such column: pathname',
  )
  expect(engine.all('SELECT path FROM scored')).toHaveLength(2)
})

test.each([
  ['SELECT path FROM file, scored', 'ambiguous column name: path.'],
  ['SELECT size FROM file a, file b', 'ambiguous column name: size.'],
  ['SELECT pathnam FROM scored', 'no such column: pathnam; did you mean pathname?'],
])('what is wrong in any naming stays wrong: %s', (sql, message) => {
  expect(() => engine.all(sql)).toThrow(message)
})
