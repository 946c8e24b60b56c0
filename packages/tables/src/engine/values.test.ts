import { afterAll, describe, expect, test } from 'vitest'
import { column } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { openEngine } from './engine.ts'
import { recordedTable } from './recorded-table.ts'

const long = 'ü€😀'.repeat(40_000)
const { table } = recordedTable(
  'kinds',
  {
    id: column.integer('Id.', { index: true }),
    big: column.bigint('Big.'),
    unsigned: column.unsignedBigint('Unsigned.'),
    real: column.double('Real.'),
    flag: column.integer('Flag.'),
    text: column.text('Text.'),
    bytes: column.blob('Bytes.'),
  },
  [
    {
      id: 1,
      big: 9223372036854775807n,
      unsigned: 2n ** 64n - 1n,
      real: 2,
      flag: true,
      text: 'plain',
      bytes: Uint8Array.of(0, 255),
    },
    {
      id: 2,
      big: -9223372036854775808n,
      unsigned: 0,
      real: 0.1,
      flag: false,
      text: 'a\0b',
      bytes: new Uint8Array(),
    },
    { id: 3, big: 9007199254740993n, text: '\ud800lone', real: Number.POSITIVE_INFINITY },
    { id: 4, big: 2 ** 40, text: long, real: -0 },
    { id: 5, text: '' },
  ],
)
const engine = await openEngine({ tables: [table], host: {} as Host })
afterAll(() => engine.close())

const one = (expression: string, id = 1) =>
  engine.all(`SELECT ${expression} AS value FROM kinds WHERE id = ${id}`)[0]?.value

describe('values from a table', () => {
  test.each([
    ['big', 1, 9223372036854775807n],
    ['big', 2, -9223372036854775808n],
    ['big', 3, 9007199254740993n],
    ['big', 4, 2 ** 40],
    ["big || ''", 3, '9007199254740993'],
    ["id || ''", 1, '1'],
    ["flag || ''", 1, '1'],
    ['flag', 2, 0],
    ["real || ''", 1, '2.0'],
    ['typeof(real)', 1, 'real'],
    ['typeof(id)', 1, 'integer'],
    ['text', 2, 'a\0b'],
    ['length(CAST(text AS BLOB))', 2, 3],
    ['text', 3, '\ufffdlone'],
    ['text', 4, long],
    ['length(text)', 4, 120_000],
    ['text', 5, ''],
    ['bytes', 1, Uint8Array.of(0, 255)],
    ['length(bytes)', 2, 0],
    ['typeof(bytes)', 2, 'blob'],
    ['bytes', 5, null],
    ['real', 3, 'Inf'],
    // An unsigned number of 64 bits has no other place in SQLite than the negative ones.
    ['unsigned', 1, -1],
  ])('%s of row %i', (expression, id, value) => {
    expect(one(expression, id)).toEqual(value)
  })

  test.each([
    ["id = '1'", 1],
    ["flag = '1'", 1],
    ["'1' = id", 1],
    ['text = 5', 0],
    ["id = 'one'", 0],
  ])('columns have the affinity of their type: %s', (where, count) => {
    expect(engine.all(`SELECT count(*) AS n FROM kinds WHERE id = 1 AND ${where}`)).toEqual([{ n: count }])
  })
})

describe('the result on the wire', () => {
  const limits = { cpuShare: 1, memoryBytes: 64 << 20, resultBytes: 1_000_000, resultRows: 10, seconds: 5 }
  function run(sql: string) {
    const got = { columns: [] as unknown[], rows: [] as unknown[][] }
    engine.run(
      { sql, readable: [], limits },
      { columns: (columns) => got.columns.push(...columns), rows: (rows) => got.rows.push(...rows) },
    )
    return got
  }

  test('columns carry name, type and where they come from', () => {
    expect(
      run(
        "SELECT big, k.text AS t, unsigned, real, bytes, big + 1 AS n, 1.5, NULL, x'00' FROM kinds k LIMIT 1",
      ).columns,
    ).toEqual([
      { name: 'big', type: 'bigint', origin: 'kinds.big' },
      { name: 't', type: 'text', origin: 'kinds.text' },
      { name: 'unsigned', type: 'unsigned_bigint', origin: 'kinds.unsigned' },
      { name: 'real', type: 'double', origin: 'kinds.real' },
      { name: 'bytes', type: 'blob', origin: 'kinds.bytes' },
      { name: 'n', type: 'double' },
      { name: '1.5', type: 'double' },
      { name: 'NULL', type: 'text' },
      { name: "x'00'", type: 'blob' },
    ])
  })

  test('a computed column takes the type of its first value', () => {
    expect(
      run('SELECT CASE WHEN id > 1 THEN id END AS later, count(*) OVER () AS n FROM kinds').columns,
    ).toEqual([
      { name: 'later', type: 'bigint' },
      { name: 'n', type: 'bigint' },
    ])
  })

  test('a result without rows still has its columns', () => {
    expect(run('SELECT id, 1 AS x FROM kinds WHERE 0')).toEqual({
      columns: [
        { name: 'id', type: 'integer', origin: 'kinds.id' },
        { name: 'x', type: 'text' },
      ],
      rows: [],
    })
  })

  test('columns of the same name stay as they are', () => {
    expect(run('SELECT 1 AS a, 2 AS a').columns).toHaveLength(2)
  })

  test('large integers and blobs are marked', () => {
    expect(run("SELECT 9223372036854775807, -9007199254740992, 9007199254740991, x'00ff', 'x'").rows).toEqual(
      [[{ i: '9223372036854775807' }, { i: '-9007199254740992' }, 9007199254740991, { b: 'AP8=' }, 'x']],
    )
  })
})
