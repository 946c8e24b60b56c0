import type Database from 'better-sqlite3'
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
