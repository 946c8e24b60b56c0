import type { BigIntStats } from 'node:fs'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import type { Hashes } from './host.ts'

const fileName = 'hashes.sqlite'
const maxRows = 500_000
/** Answers kept in memory, for a cache that cannot be written too. */
const maxRemembered = 20_000
const require = createRequire(import.meta.url)

/** Hashes that were worked out before, by what a file is: its device, inode, size, mtime and ctime. */
export interface HashCache {
  get(stat: BigIntStats): Partial<Hashes> | undefined
  put(stat: BigIntStats, path: string, hashes: Partial<Hashes>): void
  /** Paths where a file with this SHA-256 was last seen; whether it is still there is for the caller to see. */
  paths(sha256: string): string[]
  close(): void
}

const keyOf = (stat: BigIntStats) => `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`

/**
 * Opens the cache of a folder, for several processes at once. Without a folder, or where the file cannot be used, it lives in memory; a
 * corrupt file is set aside as `hashes.sqlite.corrupt`. It never fails: at worst a hash is worked out again.
 */
export function openHashCache(dir: string | undefined): HashCache {
  const memory = new Map<string, Partial<Hashes>>()
  let store: Store | undefined
  let tried = dir === undefined

  /** Runs on the store, which opens at the first use; gives it up for this process at the first failure. */
  function attempt<T>(work: (store: Store) => T): T | undefined {
    try {
      if (!tried && dir) {
        tried = true
        store = openStore(dir)
      }
      return store && work(store)
    } catch {
      store?.close()
      store = undefined
      return undefined
    }
  }

  function remember(key: string, hashes: Partial<Hashes>) {
    if (memory.size >= maxRemembered) memory.clear()
    memory.set(key, hashes)
  }

  return {
    get(stat) {
      const key = keyOf(stat)
      const known = memory.get(key)
      if (known) return known
      const stored = attempt((s) => s.get(key))
      if (stored) remember(key, stored)
      return stored
    },
    put(stat, path, hashes) {
      const key = keyOf(stat)
      remember(key, { ...memory.get(key), ...hashes })
      attempt((s) => s.put(key, path, hashes))
    },
    paths: (sha256) => attempt((s) => s.paths(sha256)) ?? [],
    close: () => store?.close(),
  }
}

type Store = ReturnType<typeof storeOf>

function openStore(dir: string): Store {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, fileName)
  try {
    return storeOf(file)
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw error
    renameSync(file, `${file}.corrupt`)
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    return storeOf(file)
  }
}

function storeOf(file: string) {
  // Loaded at the first hash: most queries need none, and each runs in a process of its own.
  const Database = require('better-sqlite3') as typeof Sqlite
  const db = new Database(file, { timeout: 2000 })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.exec(`CREATE TABLE IF NOT EXISTS files (
      key TEXT PRIMARY KEY, path TEXT NOT NULL, md5 TEXT, sha1 TEXT, sha256 TEXT
    );
    CREATE INDEX IF NOT EXISTS files_sha256 ON files (sha256);`)
    db.prepare('DELETE FROM files WHERE rowid <= (SELECT max(rowid) FROM files) - ?').run(maxRows)
    return statements(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function statements(db: Sqlite.Database) {
  const get = db.prepare<[string], Record<keyof Hashes, string | null>>(
    'SELECT md5, sha1, sha256 FROM files WHERE key = ?',
  )
  const put =
    db.prepare(`INSERT INTO files (key, path, md5, sha1, sha256) VALUES (:key, :path, :md5, :sha1, :sha256)
    ON CONFLICT (key) DO UPDATE SET path = excluded.path, md5 = coalesce(excluded.md5, md5),
      sha1 = coalesce(excluded.sha1, sha1), sha256 = coalesce(excluded.sha256, sha256)`)
  const paths = db.prepare<[string]>('SELECT DISTINCT path FROM files WHERE sha256 = ?').pluck()
  return {
    get(key: string): Partial<Hashes> | undefined {
      const row = get.get(key)
      if (!row) return undefined
      return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
    },
    put(key: string, path: string, hashes: Partial<Hashes>) {
      put.run({ key, path, md5: null, sha1: null, sha256: null, ...hashes })
    },
    paths: (sha256: string) => paths.all(sha256) as string[],
    close: () => db.close(),
  }
}
