import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Layout, layoutText } from './layout.ts'
import { hasKeys, readLayouts, readLosses, readTotals, type Total } from './open-tables.ts'
import { makePrivateFile } from './private-file.ts'
import type { Loss } from './types.ts'

/** An event that waits to be written. */
export interface PendingEvent {
  layout: Layout
  sequence: number
  time: number
  text: string
  /** `keyOf` its process; null where it has none. */
  key: number | null
}

export const openPeriodName = (number: number) => `open-${number}.db`

/** Removes the files of an open period, which readers that have them open go on reading. */
export function removeOpenPeriod(folder: string, number: number): void {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(join(folder, openPeriodName(number) + suffix), { force: true })
}

/** The period that is written to, an SQLite file in WAL mode. */
export class OpenPeriod {
  readonly number: number
  readonly totals = new Map<string, Total>()
  readonly #logPath: string
  readonly #db: Database.Database
  readonly #layouts = new Map<Layout, number>()
  readonly #byText = new Map<string, number>()
  readonly #insert: Database.Statement
  readonly #total: Database.Statement
  readonly #loss: Database.Statement

  constructor(folder: string, number: number) {
    this.number = number
    const path = join(folder, openPeriodName(number))
    this.#logPath = `${path}-wal`
    makePrivateFile(path)
    this.#db = new Database(path, { timeout: LOCK_TIMEOUT })
    this.#db.pragma('journal_mode = WAL')
    // In WAL mode a kill loses nothing that was committed; a power loss may lose what came after the last checkpoint.
    this.#db.pragma('synchronous = NORMAL')
    this.#db.pragma('cache_size = -1024')
    this.#db.exec(TABLES)
    this.#addKeys()
    this.#insert = this.#db.prepare(
      'INSERT INTO events (layout, sequence, time, data, key) VALUES (?, ?, ?, ?, ?)',
    )
    this.#total = this.#db.prepare('INSERT OR REPLACE INTO totals VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.#loss = this.#db.prepare(UPSERT_LOSS)
    for (const { id, text } of readLayouts(this.#db)) this.#byText.set(text, id)
    for (const total of readTotals(this.#db)) this.totals.set(total.subject, total)
  }

  get events(): number {
    let events = 0
    for (const total of this.totals.values()) events += total.events
    return events
  }

  get characters(): number {
    let characters = 0
    for (const total of this.totals.values()) characters += total.bytes
    return characters
  }

  /** Bytes of the log: as many may be added to the file when SQLite moves them over. */
  get logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0
  }

  meta(name: string): string | undefined {
    return this.#db.prepare('SELECT value FROM meta WHERE name = ?').pluck().get(name) as string | undefined
  }

  setMeta(name: string, value: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(name, value)
  }

  /** Writes events and losses in one transaction; throws, having written nothing, when the disk does not let it. */
  write(events: readonly PendingEvent[], losses: readonly Loss[]): void {
    const touched = new Map<string, Total>()
    const layouts = new Map<Layout, number>()
    this.#db.exec('BEGIN')
    try {
      for (const { layout, sequence, time, text, key } of events) {
        const id = this.#layouts.get(layout) ?? layouts.get(layout) ?? this.#addLayout(layout, layouts)
        this.#insert.run(id, sequence, time, text, key)
        const total = touched.get(layout.subject) ?? this.#copyOfTotal(layout.subject, sequence, touched)
        total.events++
        total.bytes += text.length
        if (time < total.firstTime) total.firstTime = time
        if (time > total.lastTime) total.lastTime = time
        total.lastSequence = sequence
      }
      for (const total of touched.values())
        this.#total.run(
          total.subject,
          total.events,
          total.firstTime,
          total.lastTime,
          total.firstSequence,
          total.lastSequence,
          total.bytes,
        )
      for (const loss of losses)
        this.#loss.run(
          loss.subject,
          loss.reason,
          Math.floor(loss.firstTime / LOSS_BUCKET),
          loss.firstTime,
          loss.lastTime,
          loss.events,
        )
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
    for (const [layout, id] of layouts) {
      this.#layouts.set(layout, id)
      this.#byText.set(layoutText(layout), id)
    }
    for (const [subject, total] of touched) this.totals.set(subject, total)
  }

  losses(): Loss[] {
    return readLosses(this.#db)
  }

  /** Ends the writing. A file without a log can be opened by a reader that may not write. */
  close(): void {
    try {
      this.#db.pragma('journal_mode = DELETE')
    } catch {
      // A reader has it open: then the log stays, and serves the next one as well.
    }
    this.#db.close()
  }

  /** The column of keys and its index, also for a period that was begun before there were any: its rows then have none. */
  #addKeys(): void {
    if (!hasKeys(this.#db)) this.#db.exec('ALTER TABLE events ADD COLUMN key INTEGER')
    const empty = this.#db.prepare('SELECT 1 FROM events LIMIT 1').get() === undefined
    if (!empty) return
    this.#db.exec('CREATE INDEX IF NOT EXISTS events_by_key ON events (key, layout) WHERE key IS NOT NULL')
  }

  #addLayout(layout: Layout, added: Map<Layout, number>): number {
    const text = layoutText(layout)
    const id =
      this.#byText.get(text) ??
      Number(this.#db.prepare('INSERT INTO layouts (text) VALUES (?)').run(text).lastInsertRowid)
    added.set(layout, id)
    return id
  }

  #copyOfTotal(subject: string, sequence: number, touched: Map<string, Total>): Total {
    const known = this.totals.get(subject)
    const total = known
      ? { ...known }
      : {
          subject,
          events: 0,
          firstTime: Number.MAX_SAFE_INTEGER,
          lastTime: Number.MIN_SAFE_INTEGER,
          firstSequence: sequence,
          lastSequence: sequence,
          bytes: 0,
        }
    touched.set(subject, total)
    return total
  }
}

/** Readers never keep the writer waiting, but for a moment while the last of them leaves. */
const LOCK_TIMEOUT = 100
/** Losses of one kind within ten minutes are one row. */
const LOSS_BUCKET = 600_000

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS layouts (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
  id INTEGER PRIMARY KEY, layout INTEGER NOT NULL, sequence INTEGER NOT NULL, time INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS totals (
  subject TEXT PRIMARY KEY, events INTEGER, firstTime INTEGER, lastTime INTEGER, firstSequence INTEGER, lastSequence INTEGER,
  bytes INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS losses (
  subject TEXT, reason TEXT, bucket INTEGER, firstTime INTEGER, lastTime INTEGER, events INTEGER,
  PRIMARY KEY (subject, reason, bucket)) WITHOUT ROWID;`

const UPSERT_LOSS = `
INSERT INTO losses VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  firstTime = min(firstTime, excluded.firstTime), lastTime = max(lastTime, excluded.lastTime), events = events + excluded.events`
