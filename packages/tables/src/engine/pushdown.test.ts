import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { column } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { recordedTable } from './recorded-table.ts'

const { table: items, scans } = recordedTable(
  'items',
  {
    id: column.bigint('Id.', { index: true, aliases: ['itemID'] }),
    name: column.text('Name.', { index: true }),
    mode: column.integer('Mode.', { additional: true }),
    plain: column.text('Not pushed down.'),
    price: column.double('Price.', { index: true }),
    secret: column.text('Hidden.', { hidden: true }),
  },
  [
    { id: 1, name: 'one', mode: 0, plain: 'a', price: 1, secret: 's1' },
    { id: 2, name: 'Two', mode: 1, plain: 'b', price: 2.5, secret: 's2' },
    { id: 3, name: 'three', mode: 0, plain: 'c', price: 3.5, secret: 's3' },
  ],
  { aliases: ['things'] },
)
const { table: places, scans: placeScans } = recordedTable(
  'places',
  { path: column.text('Path.', { required: true, index: true }), size: column.bigint('Size.') },
  (scan) => (scan.texts('path') ?? ['/like']).map((path) => ({ path, size: path.length })),
)
const engine = await openEngine({ tables: [items, places], host: {} as Host })
afterAll(() => engine.close())
beforeEach(() => {
  scans.length = 0
  placeScans.length = 0
})

const ids = (where: string) => engine.all(`SELECT id FROM items WHERE ${where}`).map((row) => row.id)

describe('what reaches the table, while SQLite checks it again', () => {
  test.each([
    ['id = 2', [2], { id: [['=', 2]] }],
    [
      'id = 2 AND id = 2.0',
      [2],
      {
        id: [
          ['=', 2],
          ['=', 2],
        ],
      },
    ],
    ["id = '2'", [2], { id: [['=', 2]] }],
    [
      'id > 1 AND id <= 2',
      [2],
      {
        id: [
          ['>', 1],
          ['<=', 2],
        ],
      },
    ],
    [
      'id BETWEEN 2 AND 3',
      [2, 3],
      {
        id: [
          ['>=', 2],
          ['<=', 3],
        ],
      },
    ],
    ["name LIKE 'T%'", [2, 3], { name: [['LIKE', 'T%']] }],
    // SQLite adds the range that the pattern's beginning spans.
    [
      "name GLOB 'T*'",
      [2],
      {
        name: [
          ['>=', 'T'],
          ['<', 'U'],
          ['GLOB', 'T*'],
        ],
      },
    ],
    ['mode = 1', [2], { mode: [['=', 1]] }],
    ['itemID = 3', [3], { id: [['=', 3]] }],
    ['price >= 2.5', [2, 3], { price: [['>=', 2.5]] }],
    ["plain = 'b'", [2], {}],
    ["name = 'two' COLLATE NOCASE", [2], {}],
    ['id + 0 = 2', [2], {}],
    ['id <> 2', [1, 3], {}],
  ])('%s', (where, found, constraints) => {
    expect(ids(where)).toEqual(found)
    expect(scans.map((scan) => scan.constraints)).toEqual([constraints])
  })

  test('an IN list comes as one scan, each value once, NULL left out', () => {
    expect(ids('id IN (3, 1, 1, 3, NULL, 7)')).toEqual([1, 3])
    expect(scans).toHaveLength(1)
    expect((scans[0]!.values.id as number[]).toSorted()).toEqual([1, 3, 7])
    expect(scans[0]!.constraints).toEqual({})
  })

  test('an IN subquery comes as one scan', () => {
    expect(ids('name IN (SELECT value FROM json_each(\'["one", "three"]\'))')).toEqual([1, 3])
    expect(scans.map((scan) => (scan.values.name as string[]).toSorted())).toEqual([['one', 'three']])
  })

  test('OR on one column becomes a list', () => {
    expect(ids('id = 1 OR id = 3')).toEqual([1, 3])
    expect(scans).toHaveLength(1)
  })

  test.each(['id = NULL', 'id IN (NULL)', 'id > NULL', 'id = 1 AND id = 2', 'id IN (1, 2) AND id IN (3, 4)'])(
    '%s needs no scan at all',
    (where) => {
      expect(ids(where)).toEqual([])
      expect(scans.length === 0 || scans.every((scan) => scan.values.id === undefined)).toBe(true)
    },
  )

  test('a value beyond 2^53 arrives exact', () => {
    expect(ids('id = 9007199254740993')).toEqual([])
    expect(scans[0]!.values.id).toEqual([9007199254740993n])
  })

  test('numbers become text for a text column', () => {
    expect(engine.all('SELECT path FROM places WHERE path IN (5, 7)')).toEqual([{ path: '5' }, { path: '7' }])
  })
})

describe('columns', () => {
  test('uses() is true for what the statement reads, by its own name or an old one', () => {
    engine.all('SELECT itemID FROM items')
    engine.all("SELECT count(*) FROM items WHERE plain = 'a'")
    engine.all('SELECT count(*) FROM items')
    expect(scans.map((scan) => scan.uses)).toEqual([['id'], ['plain'], []])
  })

  test('hidden columns and old names are left out of *, and readable by name', () => {
    expect(engine.all('SELECT * FROM items WHERE id = 1')).toEqual([
      { id: 1, name: 'one', mode: 0, plain: 'a', price: 1 },
    ])
    expect(engine.all('SELECT itemID, secret FROM items WHERE id = 1')).toEqual([{ itemID: 1, secret: 's1' }])
  })

  test('a table goes by its other name, also twice in one statement', () => {
    expect(engine.all('SELECT a.id FROM things a JOIN items b ON a.id = b.id WHERE b.id = 2')).toEqual([
      { id: 2 },
    ])
  })

  test('a column beyond the 63rd counts as read', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [`c${index}`, column.integer('C.')]),
    )
    const wide = recordedTable('wide', many, [{ c69: 5 }])
    const other = await openEngine({ tables: [wide.table], host: {} as Host })
    expect(other.all('SELECT c69 FROM wide')).toEqual([{ c69: 5 }])
    expect(wide.scans[0]!.uses).toContain('c69')
    expect(wide.scans[0]!.uses).not.toContain('c5')
    other.close()
  })
})

describe('required columns', () => {
  test.each(["path = '/a'", "path IN ('/a', '/b')", "path LIKE '/%'", "path GLOB '/*'"])(
    '%s is enough',
    (where) => {
      expect(engine.all(`SELECT path FROM places WHERE ${where}`).length).toBeGreaterThan(0)
      expect(engine.lastWarnings).toEqual([])
    },
  )

  test.each(['1', 'size = 2', "path > 'a'", "path <> 'a'"])('%s is not: no rows, and a warning', (where) => {
    expect(engine.all(`SELECT * FROM places WHERE ${where}`)).toEqual([])
    expect(placeScans).toEqual([])
    expect(engine.lastWarnings).toEqual([
      {
        code: 'required_column',
        message:
          'The table places gave no rows: it needs a constraint on path (=, IN, LIKE, GLOB or a join).',
      },
    ])
  })

  test.each([
    'SELECT p.size FROM places p JOIN items i ON p.path = i.name',
    'SELECT p.size FROM items i JOIN places p ON p.path = i.name',
    'SELECT p.size FROM items i LEFT JOIN places p ON p.path = i.name',
    'SELECT size FROM places WHERE path IN (SELECT name FROM items)',
    'WITH n AS (SELECT name FROM items) SELECT size FROM places, n WHERE path = n.name',
  ])('a join is enough, in whatever order it is written: %s', (sql) => {
    expect(engine.all(sql).map((row) => row.size)).toEqual([3, 3, 5])
    expect(engine.lastWarnings).toEqual([])
  })

  test('two tables that only have each other give nothing, with one warning each', () => {
    expect(engine.all('SELECT * FROM places a JOIN places b ON a.path = b.path')).toEqual([])
    expect(engine.lastWarnings.map((one) => one.code)).toEqual(['required_column'])
  })
})

describe('join order', () => {
  test('the shipped shape scans the processes once and the rest by index', async () => {
    const pids = Array.from({ length: 200 }, (_, index) => ({ pid: index + 1 }))
    const byPid = { pid: column.bigint('Pid.', { index: true }) }
    const processes = recordedTable('processes', byPid, pids)
    const sockets = recordedTable(
      'process_open_sockets',
      { ...byPid, port: column.integer('Port.') },
      (scan) => (scan.integers('pid') ?? pids.map((one) => one.pid)).map((pid) => ({ pid, port: pid % 7 })),
    )
    const properties = recordedTable('sophos_process_properties', byPid, (scan) =>
      (scan.integers('pid') ?? pids.map((one) => one.pid)).map((pid) => ({ pid })),
    )
    const other = await openEngine({
      tables: [processes.table, sockets.table, properties.table],
      host: {} as Host,
    })
    const rows =
      other.all(`SELECT p.pid, pos.port FROM processes p JOIN process_open_sockets pos ON pos.pid = p.pid
      LEFT JOIN sophos_process_properties spp ON spp.pid = p.pid WHERE pos.port NOT IN (0)`)
    expect(rows).toHaveLength(pids.filter(({ pid }) => pid % 7 !== 0).length)
    const full = [processes, sockets].flatMap(({ scans }) => scans.filter((scan) => !scan.values.pid))
    expect(full).toHaveLength(1)
    expect(properties.scans.every((scan) => scan.values.pid)).toBe(true)
    other.close()
  })
})
