// What the server told of files, and what is still to be asked: one SQLite file between the agent, which asks, and the processes of
// queries, which need to know.
import { openCacheFile } from '../cache/open-cache-file.ts'

const fileName = 'known-files.sqlite'
const maxRows = 200_000

export interface KnownReputation {
  sha256: string
  /** 0 to 100; −1: nobody was asked. */
  globalRep: number
  /** Evidence as JSON. */
  data: string
  /** Milliseconds since 1970. */
  expiresAt: number
  /** Devices that have met it, and when the first did, in milliseconds since 1970. */
  devices: number
  firstSeenAt: number
}

/** As in the contract's `AskedFile`. */
export interface WantedFile {
  sha256: string
  sha1?: string
  path?: string
  package?: string
  version?: string
}

export interface KnownFiles {
  /** What is known of a hash and still holds. */
  of(sha256: string): KnownReputation | undefined
  /** Has the server asked, by the agent, when it next looks. */
  want(file: WantedFile): void
  /** The next files to ask about, the oldest wishes first. They stay until `put`. */
  wanted(most: number): WantedFile[]
  put(files: readonly KnownReputation[]): void
  /** Drops all that is known. */
  forget(): void
  /** Whether the agent can ask at this moment; processes of queries wait for an answer only then. */
  setOnline(online: boolean): void
  isOnline(): boolean
  close(): void
}

/** Opens the file of a folder. A damaged one is made anew: at worst the server is asked again. Throws when the folder cannot be written. */
export function openKnownFiles(dir: string): KnownFiles {
  const db = openFile(dir)
  const get = db.prepare<[string, number], KnownReputation>(
    `SELECT sha256, score AS globalRep, data, expires_at AS expiresAt, devices, first_seen_at AS firstSeenAt
      FROM known WHERE sha256 = ? AND expires_at > ?`,
  )
  const want = db.prepare('INSERT OR IGNORE INTO wanted (sha256, file) VALUES (?, ?)')
  const next = db.prepare<[number], string>('SELECT file FROM wanted ORDER BY rowid LIMIT ?').pluck()
  const keep = db.prepare('INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?, ?)')
  const done = db.prepare('DELETE FROM wanted WHERE sha256 = ?')
  const state = db.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)')
  const fact = db.prepare<[string], string>('SELECT value FROM facts WHERE name = ?').pluck()
  return {
    of: (sha256) => get.get(sha256, Date.now()),
    want: (file) => void want.run(file.sha256, JSON.stringify(file)),
    wanted: (most) => next.all(most).map((text) => JSON.parse(text) as WantedFile),
    put: db.transaction((files: readonly KnownReputation[]) => {
      for (const { sha256, globalRep, data, expiresAt, devices, firstSeenAt } of files) {
        keep.run(sha256, globalRep, data, expiresAt, devices, firstSeenAt)
        done.run(sha256)
      }
    }),
    forget: () => void db.exec('DELETE FROM known'),
    setOnline: (online) => state.run('online', online ? '1' : '0'),
    isOnline: () => fact.get('online') === '1',
    close: () => db.close(),
  }
}

const openFile = (dir: string) =>
  openCacheFile(
    dir,
    fileName,
    `CREATE TABLE IF NOT EXISTS known (sha256 TEXT PRIMARY KEY, score INTEGER, data TEXT, expires_at INTEGER,
        devices INTEGER, first_seen_at INTEGER);
      CREATE TABLE IF NOT EXISTS wanted (sha256 TEXT PRIMARY KEY, file TEXT);
      CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
      DELETE FROM known WHERE rowid <= (SELECT max(rowid) FROM known) - ${maxRows}`,
  )
