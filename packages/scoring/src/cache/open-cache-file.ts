// SQLite files that several processes keep what they have worked out in: what is lost with one is only time.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const damaged = ['SQLITE_NOTADB', 'SQLITE_CORRUPT']

/**
 * Opens a file of a cache folder, runs `setUp` on it (its tables, and what tidies them), and makes a damaged one anew. A lock of another
 * process is waited for `busyMillis`. Throws when the folder cannot be written.
 */
export function openCacheFile(
  dir: string,
  name: string,
  setUp: string,
  busyMillis = 2000,
): Database.Database {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, name)
  try {
    return prepared(file, setUp, busyMillis)
  } catch (error) {
    if (!damaged.includes((error as { code?: string }).code ?? '')) throw error
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    return prepared(file, setUp, busyMillis)
  }
}

function prepared(file: string, setUp: string, timeout: number) {
  const db = new Database(file, { timeout })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.exec(setUp)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
