import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { privateFile } from '../state/data-folder.ts'

export type Db = Database.Database

/** How long a sighting is kept after the last time. */
const keptSeconds = 180 * 86_400

/**
 * Opens the file of sightings, and makes it when it is not there or damaged: it can be worked out anew from the results.
 * `sightings` has a row for each value and device, `totals` one for each value; times are unix seconds.
 */
export function openSightings(path: string): Db {
  try {
    return open(path)
  } catch (error) {
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test((error as { code?: string }).code ?? '')) throw error
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    return open(path)
  }
}

function open(path: string): Db {
  privateFile(path)
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('busy_timeout = 10000')
  // Look-ups go all over the file: through the page cache of the system rather than copies of one's own.
  db.pragma('mmap_size = 1073741824')
  db.exec(`
    CREATE TABLE IF NOT EXISTS devices (ordinal INTEGER PRIMARY KEY, endpoint_id TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS sightings (
      value INTEGER NOT NULL, device INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      PRIMARY KEY (value, device)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS totals (
      value INTEGER PRIMARY KEY, devices INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS runs (run_id TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS progress (one INTEGER PRIMARY KEY CHECK (one = 1), finished_at INTEGER NOT NULL) STRICT;
  `)
  return db
}

export interface Sighting {
  value: bigint
  device: number
  first: number
  last: number
}

/** Sightings that are written together, in the order of the file: in no order each would touch a page of its own. */
const batch = 200_000

/** Returns what adds sightings, and what writes the last of them; call both within one transaction. */
export function sightingWriter(db: Db) {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO sightings (value, device, first, last) VALUES (?, ?, ?, ?)',
  )
  const widen = db.prepare(
    'UPDATE sightings SET first = min(first, ?), last = max(last, ?) WHERE value = ? AND device = ?',
  )
  const total = db.prepare(
    `INSERT INTO totals (value, devices, first, last) VALUES (?, ?, ?, ?) ON CONFLICT (value) DO UPDATE SET
       devices = devices + excluded.devices, first = min(first, excluded.first), last = max(last, excluded.last)`,
  )
  let waiting: Sighting[] = []

  function flush(): void {
    waiting.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.device - b.device))
    for (let from = 0, to = 0; from < waiting.length; from = to) {
      const { value } = waiting[from]!
      let [added, first, last] = [0, Number.MAX_SAFE_INTEGER, 0]
      for (; waiting[to]?.value === value; to++) {
        const one = waiting[to]!
        if (insert.run(value, one.device, one.first, one.last).changes === 1) added++
        else widen.run(one.first, one.last, value, one.device)
        first = Math.min(first, one.first)
        last = Math.max(last, one.last)
      }
      total.run(value, added, first, last)
    }
    waiting = []
  }

  return {
    add(sighting: Sighting): void {
      waiting.push(sighting)
      if (waiting.length >= batch) flush()
    },
    flush,
  }
}

/** The number of a device in the file. */
export function deviceOrdinal(db: Db, endpointId: string): number {
  db.prepare('INSERT OR IGNORE INTO devices (endpoint_id) VALUES (?)').run(endpointId)
  return db.prepare('SELECT ordinal FROM devices WHERE endpoint_id = ?').pluck().get(endpointId) as number
}

/** Takes out devices that are enrolled no more, and what was not seen for half a year. @returns whether anything went */
export function forget(db: Db, enrolled: readonly string[], now: number): boolean {
  return db
    .transaction(() => {
      const known = new Set(enrolled)
      const devices = db.prepare('SELECT ordinal, endpoint_id FROM devices').all() as {
        ordinal: number
        endpoint_id: string
      }[]
      const gone = devices.filter(({ endpoint_id }) => !known.has(endpoint_id)).map(({ ordinal }) => ordinal)
      const list = JSON.stringify(gone)
      const { changes } = db
        .prepare('DELETE FROM sightings WHERE device IN (SELECT value FROM json_each(?)) OR last < ?')
        .run(list, Math.floor(now / 1000) - keptSeconds)
      db.prepare('DELETE FROM devices WHERE ordinal IN (SELECT value FROM json_each(?))').run(list)
      if (changes === 0) return false
      db.exec(`
        DELETE FROM totals;
        INSERT INTO totals SELECT value, count(*), min(first), max(last) FROM sightings GROUP BY value;
      `)
      return true
    })
    .immediate()
}
