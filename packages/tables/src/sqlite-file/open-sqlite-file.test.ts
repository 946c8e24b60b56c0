import { mkdtempSync, openSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openParts } from '../host/read-parts.ts'
import { openSqliteFile } from './open-sqlite-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'a.db')
const open = (name: string) => openParts(openSync(name, 'r'))

const db = new Database(path)
db.pragma('page_size = 1024')
db.pragma('journal_mode = WAL')
db.pragma('wal_autocheckpoint = 0')
db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); CREATE TABLE u (x)')
const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?, ?)')
const rows = Array.from({ length: 3000 }, (_, at) => [
  at * 7 + 1,
  at % 3 === 0 ? null : `text ${'ä'.repeat(at % 50)}`,
  at % 2 === 0 ? 2n ** BigInt(at % 63) : at / 3,
  Buffer.alloc(at % 100 === 0 ? at * 10 : at % 900, at % 251),
])
db.transaction(() => {
  for (const row of rows) insert.run(row)
})()

const plain = (value: unknown) => (typeof value === 'bigint' && value < 2n ** 53n ? Number(value) : value)
/** What SQLite itself reads; a rowid is kept as NULL in the record. */
const expected = () =>
  (db.prepare('SELECT * FROM t ORDER BY id').safeIntegers().raw().all() as unknown[][]).map(
    ([id, ...values]) => ({
      rowid: Number(id),
      values: [null, ...values.map(plain)],
    }),
  )

test('reads rows of every kind from the write-ahead log, and from the file', () => {
  const before = openSqliteFile(open(path), open(`${path}-wal`))
  expect([...(before?.rows('t') ?? [])]).toEqual(expected())
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.exec("DELETE FROM t WHERE id < 8; UPDATE t SET a = 'newer' WHERE id = 15")
  const after = openSqliteFile(open(path), open(`${path}-wal`))
  expect([...(after?.rows('t') ?? [])]).toEqual(expected())
  // Without the log the older state shows.
  expect(openSqliteFile(open(path))?.row('t', 1)?.rowid).toBe(1)
  expect(after?.row('t', 1)).toBeUndefined()
})

test('finds a row by its rowid', () => {
  const file = openSqliteFile(open(path), open(`${path}-wal`))
  expect(file?.row('t', 15)?.values[1]).toBe('newer')
  expect(file?.row('t', 20_994)).toEqual(expected().at(-1))
  expect(file?.row('t', 16)).toBeUndefined()
  expect(file?.row('none', 1)).toBeUndefined()
  expect([...(file?.rows('u') ?? [])]).toEqual([])
})

test('a file that is cut short or no database is told', () => {
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  truncateSync(path, 20 * 1024)
  const file = openSqliteFile(open(path))
  expect(() => [...(file?.rows('t') ?? [])]).toThrow(RangeError)
  expect(openSqliteFile(open('/etc/passwd'))).toBeUndefined()
})
