import type Database from 'better-sqlite3'
import { hashOf } from './index/hash.ts'
import { needleText } from './row-text.ts'
import type { KeptValue } from './types.ts'

/** A column of a journal: in which layouts it is, and at which place of a row. */
export interface Placed {
  subject: string
  name: string
  places: readonly (readonly [layout: number, place: number])[]
}

interface Learnt {
  questions: number
  /** Rows up to this one are in it. */
  upTo: number
  /** Ids of rows by a hash of the value's text. */
  ids: Map<number, number[]>
}

/** Learning where the values of a column lie takes about as long as going through the rows three times. */
const PATIENCE = 4

/**
 * Where the values of columns lie in an open period. A join asks for one value after the other, and each time all rows would be gone
 * through; who asks so often is answered from here. It is kept by the reader, so that recording pays nothing for it.
 */
export class OpenIndex {
  readonly #columns = new Map<string, Learnt>()

  /** Ids, up to the last one, of all rows that have one of the values, and perhaps of a few others; undefined where asking is rare yet. */
  find(
    db: Database.Database,
    column: Placed,
    values: readonly KeptValue[],
    lastId: number,
  ): number[] | undefined {
    const key = `${column.subject} ${column.name}`
    let learnt = this.#columns.get(key)
    if (learnt === undefined) {
      learnt = { questions: 0, upTo: 0, ids: new Map() }
      this.#columns.set(key, learnt)
    }
    if (++learnt.questions <= PATIENCE) return undefined
    if (learnt.upTo < lastId) learn(db, column, learnt, lastId)
    const { ids } = learnt
    const hashes = new Set(values.map((value) => keyOf(needleText(value))))
    return [...hashes].flatMap((hash) => ids.get(hash) ?? []).filter((id) => id <= lastId)
  }
}

function learn(db: Database.Database, { places }: Placed, learnt: Learnt, lastId: number): void {
  for (const [layout, place] of places) {
    // The text of the value as it stands in the row, escapes and all.
    const rows = db
      .prepare<unknown[], [number, string]>(
        `SELECT id, data -> '$[${place}]' FROM events WHERE id > ? AND id <= ? AND layout = ?`,
      )
      .raw()
    for (const [id, text] of rows.iterate(learnt.upTo, lastId, layout)) {
      if (text === 'null') continue
      const hash = keyOf(text)
      const known = learnt.ids.get(hash)
      if (known) known.push(id)
      else learnt.ids.set(hash, [id])
    }
  }
  learnt.upTo = lastId
}

const keyOf = (text: string) => hashOf(text)[0]
