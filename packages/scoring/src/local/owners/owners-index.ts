// Which package a path belongs to, kept in SQLite beside the other caches: reading all of dpkg's lists takes seconds, a look-up must not.
import type { Host } from '@quarry/tables/host-ports'
import type Database from 'better-sqlite3'
import { openCacheFile } from '../../cache/open-cache-file.ts'
import dpkg from './dpkg.ts'
import { canonicalPath, type OwnedFile, type OwnerSource } from './owned-file.ts'
import rpm from './rpm.ts'

const sources: readonly OwnerSource[] = [dpkg, rpm]
const fileName = 'owners.sqlite'
/** Another process may be building it; a query would rather wait than build it a second time. */
const busyMillis = 20_000

export interface Owners {
  /** The package file at a path; undefined when no package names it. */
  of(path: string): (OwnedFile & { source: string }) | undefined
  close(): void
}

interface Row {
  source: string
  package: string
  version: string
  digest: Buffer | null
  is_settings: number
}

/**
 * Opens the index of a folder, and makes it anew where the packages of the host have changed since. Undefined where the host has no
 * package database that is read here: then nothing is known of ownership. A damaged index is made anew; throws when the folder cannot be written.
 */
export function openOwners(host: Host, dir: string): Owners | undefined {
  const present = sources.flatMap((source) => {
    const generation = source.generation(host)
    return generation === undefined ? [] : [{ source, generation }]
  })
  if (present.length === 0) return undefined
  const generation = present.map(({ source, generation }) => `${source.name} ${generation}`).join(', ')
  const db = openCacheFile(dir, fileName, tables, busyMillis)
  try {
    if (generationOf(db) !== generation)
      db.transaction(() => {
        // Whoever waited for the lock may find the work done.
        if (generationOf(db) !== generation)
          fill(
            db,
            host,
            present.map(({ source }) => source),
            generation,
          )
      }).immediate()
  } catch (error) {
    db.close()
    throw error
  }
  return reader(db)
}

const tables = `CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS packages (id INTEGER PRIMARY KEY, source TEXT, package TEXT, version TEXT);
  CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, package_id INTEGER, digest BLOB, is_settings INTEGER) WITHOUT ROWID;`

const generationOf = (db: Database.Database) =>
  db.prepare<[], string>("SELECT value FROM facts WHERE name = 'generation'").pluck().get()

function fill(db: Database.Database, host: Host, from: OwnerSource[], generation: string) {
  db.exec('DELETE FROM files; DELETE FROM packages')
  const addPackage = db.prepare('INSERT INTO packages (source, package, version) VALUES (?, ?, ?)')
  // Two packages may share a folder, never a file; a row with a digest says more than one without.
  const addFile = db.prepare(`INSERT INTO files VALUES (?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET package_id = excluded.package_id, digest = excluded.digest,
      is_settings = excluded.is_settings WHERE files.digest IS NULL`)
  for (const source of from) {
    let last: { key: string; id: number | bigint } | undefined
    for (const file of source.files(host)) {
      const key = `${file.package}\n${file.version}`
      if (last?.key !== key)
        last = { key, id: addPackage.run(source.name, file.package, file.version).lastInsertRowid }
      const digest = file.digest ? Buffer.from(file.digest.value, 'hex') : null
      addFile.run(file.path, last.id, digest, file.isSettings ? 1 : 0)
    }
  }
  db.prepare("INSERT OR REPLACE INTO facts VALUES ('generation', ?)").run(generation)
}

function reader(db: Database.Database): Owners {
  const find = db.prepare<[string], Row>(`SELECT source, package, version, digest, is_settings
    FROM files JOIN packages ON packages.id = files.package_id WHERE path = ?`)
  return {
    of(asked) {
      const path = canonicalPath(asked)
      const row = find.get(path)
      if (!row) return undefined
      const digest = row.digest && {
        algorithm: row.digest.length === 16 ? ('md5' as const) : ('sha256' as const),
        value: row.digest.toString('hex'),
      }
      return {
        path,
        source: row.source,
        package: row.package,
        version: row.version,
        isSettings: row.is_settings === 1,
        ...(digest && { digest }),
      }
    },
    close: () => db.close(),
  }
}
