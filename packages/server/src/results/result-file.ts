import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ColumnType } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'
import Database from 'better-sqlite3'
import { privateFile } from '../state/data-folder.ts'

export type Db = Database.Database

/** Columns that all devices of a run may have together; SQLite itself takes 2,000. */
export const maxColumns = 1900

/** A column of a run's results: `key` is its column in the table `rows`. */
export interface StoredColumn {
  key: string
  name: string
  type: ColumnType
  origin?: string
  /** How it is read where it is no column of `rows`. */
  sql?: string
}

/** SQL of a column over `rows r`. */
export const sqlOf = ({ key, sql }: StoredColumn): string => sql ?? `r.${key}`

/** What the name of a file ends with until it is whole. */
export const unfinished = '.new'

/**
 * Opens the results of a run to append to, and makes them when they are not there.
 * What is committed is on the disk (WAL with `synchronous = FULL`).
 */
export function openToAppend(path: string): Db {
  if (!existsSync(path)) make(path)
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('busy_timeout = 5000')
  return db
}

/** Makes the file under another name first: whoever finds it finds it whole, whenever the server was killed. */
function make(path: string): void {
  const part = path + unfinished
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true })
  privateFile(part)
  const db = new Database(part)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec(`
      CREATE TABLE columns (
        position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL, origin TEXT
      ) STRICT;
      CREATE TABLE devices (
        ordinal INTEGER PRIMARY KEY, endpoint_id TEXT NOT NULL UNIQUE, hostname TEXT NOT NULL,
        columns TEXT, last_sequence INTEGER NOT NULL, row_count INTEGER NOT NULL,
        bytes INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE rows (id INTEGER PRIMARY KEY, device INTEGER NOT NULL);
    `)
  } finally {
    db.close()
  }
  renameSync(part, path)
  // The name of the file, too, must outlive a loss of power before its first row is acknowledged.
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/**
 * Opens the results of a run to read, by a connection of its own that writes nothing but temporary tables.
 * @throws when there is no such file
 */
export function openToRead(path: string): Db {
  const db = new Database(path, { fileMustExist: true })
  db.pragma('busy_timeout = 5000')
  db.pragma('cache_size = -32000')
  return db
}

/** Reads the columns of a run in the order in which they came. */
export function readColumns(db: Db): StoredColumn[] {
  const rows = db.prepare('SELECT position, name, type, origin FROM columns ORDER BY position').all() as {
    position: number
    name: string
    type: ColumnType
    origin: string | null
  }[]
  return rows.map(({ position, name, type, origin }) => ({
    key: `c${position}`,
    name,
    type,
    ...(origin !== null && { origin }),
  }))
}

/** Adds a column to the table of rows. */
export function addColumn(db: Db, position: number, column: BatchColumn): void {
  db.prepare('INSERT INTO columns (position, name, type, origin) VALUES (?, ?, ?, ?)').run(
    position,
    column.name,
    column.type,
    column.origin ?? null,
  )
  // Without a type the column has no affinity: a value stays exactly what the device sent.
  db.exec(`ALTER TABLE rows ADD COLUMN c${position}`)
}

/** Returns the number of the newest row; rows are numbered from 1 without gaps. */
export function rowCount(db: Db): number {
  return db.prepare('SELECT coalesce(max(id), 0) FROM rows').pluck().get() as number
}
