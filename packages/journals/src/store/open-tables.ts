import { join } from 'node:path'
import Database from 'better-sqlite3'
import { hashOf } from './index/hash.ts'
import type { KeptValue, Loss } from './types.ts'

/** What an open period holds of a subject. */
export interface Total {
  subject: string
  events: number
  firstTime: number
  lastTime: number
  firstSequence: number
  lastSequence: number
  /** Characters of its rows. */
  bytes: number
}

/** Whether rows have the key of their process. An index over all of them is only there if every row has. */
export function hasKeys(db: Database.Database): boolean {
  return db.prepare("SELECT 1 FROM pragma_table_info('events') WHERE name = 'key'").get() !== undefined
}

/** Whether rows can be found by the key of their process. */
export function isKeyed(db: Database.Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events_by_key'").get() !== undefined
}

/** The key of a process by which its rows are found: few others have the same. */
export const keyOf = (process: KeptValue | undefined): number | null =>
  process === undefined || process === null ? null : hashOf(process)[0] | 0

export function readLayouts(db: Database.Database): { id: number; text: string }[] {
  return db.prepare<[], { id: number; text: string }>('SELECT id, text FROM layouts').all()
}

export function readTotals(db: Database.Database): Total[] {
  return db.prepare<[], Total>('SELECT * FROM totals').all()
}

export function readLosses(db: Database.Database): Loss[] {
  return db.prepare<[], Loss>('SELECT subject, firstTime, lastTime, events, reason FROM losses').all()
}

/** The epoch that an open period was written in; undefined when it cannot be read. */
export function epochOf(folder: string, number: number): number | undefined {
  try {
    const db = new Database(join(folder, `open-${number}.db`), { readonly: true, fileMustExist: true })
    try {
      const value = db.prepare("SELECT value FROM meta WHERE name = 'epoch'").pluck().get()
      return value === undefined ? undefined : Number(value)
    } finally {
      db.close()
    }
  } catch {
    return undefined
  }
}
