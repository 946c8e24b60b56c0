import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Loss } from './types.ts'

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
