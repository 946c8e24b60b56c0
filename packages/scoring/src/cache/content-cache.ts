// Scores by what a file contains, kept across restarts. A change of the model, of rules or of signatures makes them anew.
import type Database from 'better-sqlite3'
import { openCacheFile } from './open-cache-file.ts'

const fileName = 'scores.sqlite'
const maxRows = 200_000

export interface ContentCache<T> {
  /** What was kept for a SHA-256 under the same version of everything that scores; undefined for nothing. */
  get(sha256: string, version: string): T | undefined
  put(sha256: string, version: string, value: T): void
  close(): void
}

/** Opens the cache of a folder for several processes at once. It never fails: at worst a file is scored again. */
export function openContentCache<T>(dir: string | undefined): ContentCache<T> {
  const memory = new Map<string, { version: string; value: T }>()
  let db = dir === undefined ? undefined : attempt(() => openFile(dir))
  function withDb<R>(work: (open: Database.Database) => R): R | undefined {
    if (!db) return undefined
    const open = db
    return attempt(
      () => work(open),
      () => {
        open.close()
        db = undefined
      },
    )
  }
  return {
    get(sha256, version) {
      const known = memory.get(sha256)
      if (known?.version === version) return known.value
      const text = withDb((open) =>
        open
          .prepare<[string, string], string>('SELECT value FROM contents WHERE sha256 = ? AND version = ?')
          .pluck()
          .get(sha256, version),
      )
      if (text === undefined) return undefined
      const value = JSON.parse(text) as T
      memory.set(sha256, { version, value })
      return value
    },
    put(sha256, version, value) {
      if (memory.size > 20_000) memory.clear()
      memory.set(sha256, { version, value })
      withDb((open) =>
        open
          .prepare('INSERT OR REPLACE INTO contents (sha256, version, value) VALUES (?, ?, ?)')
          .run(sha256, version, JSON.stringify(value)),
      )
    },
    close: () => db?.close(),
  }
}

function attempt<R>(work: () => R, failed: () => void = () => undefined): R | undefined {
  try {
    return work()
  } catch {
    failed()
    return undefined
  }
}

const openFile = (dir: string) =>
  openCacheFile(
    dir,
    fileName,
    `CREATE TABLE IF NOT EXISTS contents (sha256 TEXT PRIMARY KEY, version TEXT NOT NULL, value TEXT NOT NULL);
      DELETE FROM contents WHERE rowid <= (SELECT max(rowid) FROM contents) - ${maxRows}`,
  )
