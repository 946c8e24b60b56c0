import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fitsAll } from './block/block-rows.ts'
import { type Layout, processColumn } from './layout.ts'
import { OpenIndex } from './open-index.ts'
import { openPeriodName } from './open-period.ts'
import { isKeyed, keyOf, readLayouts, readLosses, readTotals, type Total } from './open-tables.ts'
import { needleText, plainInteger, textToRow } from './row-text.ts'
import type { KeptValue, Loss, Pattern, ScanOptions, StoredEvent } from './types.ts'

interface Stored {
  id: number
  layout: number
  sequence: number
  time: number
  data: string
}

/** Rows that are fetched at a time. */
const CHUNK = 256
/** From so many needles on, a look at each row for each of them costs more than its value. */
const MANY = 8

/** An open period as a reader sees it. Events are never changed, so a snapshot is all up to the last id. */
export class OpenView {
  readonly #db: Database.Database
  readonly #lastId: number
  readonly #layouts = new Map<number, Layout>()
  readonly #keyed: boolean
  readonly #index: OpenIndex

  constructor(folder: string, number: number, index = new OpenIndex()) {
    this.#index = index
    const path = join(folder, openPeriodName(number))
    const opened = openToRead(path)
    this.#db = opened.db
    this.#lastId = opened.lastId
    for (const { id, text } of readLayouts(this.#db)) this.#layouts.set(id, JSON.parse(text) as Layout)
    this.#keyed = isKeyed(this.#db)
  }

  totals(): Total[] {
    return readTotals(this.#db)
  }

  losses(): Loss[] {
    return readLosses(this.#db)
  }

  /** Only events after one sequence and up to another one. */
  *scan(
    epoch: number,
    subject: string,
    options: ScanOptions,
    { after, last }: { after: number; last: number },
  ): Generator<StoredEvent> {
    const { from = -Infinity, to = Infinity } = options.time ?? {}
    const needles = Object.entries(options.equals ?? {}).map(
      ([name, values]) => [name, values.map(plainInteger)] as const,
    )
    const conditions = needles.map(([name, values]) => this.#condition(subject, name, values))
    const where = conditions.map(({ sql }) => ` AND ${sql}`).join('')
    if (!Number.isFinite(after)) return
    const rows = this.#rows(subject, `AND sequence > ? AND sequence <= ? AND time BETWEEN ? AND ?${where}`, [
      after,
      Math.min(last, Number.MAX_SAFE_INTEGER),
      Math.max(from, Number.MIN_SAFE_INTEGER),
      Math.min(to, Number.MAX_SAFE_INTEGER),
      ...conditions.flatMap(({ values }) => values),
    ])
    const wanted = needles.map(([name, values]) => [name, new Set(values)] as const)
    const { patterns = [] } = options
    for (const { sequence, time, data, layout } of rows) {
      const { columns } = this.#layouts.get(layout)!
      const values = textToRow(data)
      const cell = (name: string) => values[columns.findIndex((column) => column.name === name)] ?? null
      if (!wanted.every(([name, values]) => values.has(cell(name)))) continue
      const fits = ({ columns, expressions }: Pattern) =>
        columns.some((name) => fitsAll(cell(name), expressions))
      if (!patterns.every(fits)) continue
      yield { epoch, sequence, time, row: this.#pick(options.columns, cell) }
    }
  }

  /**
   * What narrows rows to those that may have one of the values. Few are sought within the text of the row: what is not found there
   * cannot be a value of it. Many are compared as a set with the value itself.
   */
  #condition(
    subject: string,
    name: string,
    values: readonly KeptValue[],
  ): { sql: string; values: unknown[] } {
    if (values.length === 0) return { sql: '0', values: [] }
    if (this.#keyed && !values.includes(null) && this.#isProcess(subject, name))
      return {
        sql: 'key IN (SELECT value FROM json_each(?))',
        values: [JSON.stringify(values.map(keyOf))],
      }
    const places = [...this.#layouts]
      .filter(([, layout]) => layout.subject === subject)
      .map(([id, { columns }]) => [id, columns.findIndex((column) => column.name === name)] as const)
      .filter(([, place]) => place >= 0)
    if (!values.includes(null)) {
      const ids = this.#index.find(this.#db, { subject, name, places }, values, this.#lastId)
      if (ids) return { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] }
    }
    const plain = values.every((value) => typeof value === 'string' || typeof value === 'number')
    if (values.length < MANY || !plain) {
      const sql = values.map(() => 'instr(data, ?) > 0').join(' OR ')
      return { sql: `(${sql})`, values: values.map(needleText) }
    }
    if (places.length === 0) return { sql: '0', values: [] }
    const cases = places.map(([id, place]) => `WHEN ${id} THEN json_extract(data, '$[${place}]')`)
    const sql = `(CASE layout ${cases.join(' ')} END) IN (SELECT value FROM json_each(?))`
    return { sql, values: [JSON.stringify(values)] }
  }

  #isProcess(subject: string, name: string): boolean {
    return [...this.#layouts.values()].every(
      (layout) => layout.subject !== subject || processColumn(layout.columns) === name,
    )
  }

  readAfter(epoch: number, subject: string, sequence: number, limit: number): StoredEvent[] {
    const events: StoredEvent[] = []
    if (!Number.isFinite(sequence)) return events
    for (const stored of this.#rows(subject, 'AND sequence > ?', [sequence], limit)) {
      const { columns } = this.#layouts.get(stored.layout)!
      const values = textToRow(stored.data)
      const row: Record<string, KeptValue> = {}
      for (const [index, column] of columns.entries()) row[column.name] = values[index] ?? null
      events.push({ epoch, sequence: stored.sequence, time: stored.time, row })
    }
    return events
  }

  close(): void {
    this.#db.close()
  }

  *#rows(subject: string, where: string, values: unknown[], limit = Infinity): Generator<Stored> {
    const ids = [...this.#layouts].filter(([, layout]) => layout.subject === subject).map(([id]) => id)
    if (ids.length === 0) return
    const statement = this.#db.prepare<unknown[], Stored>(
      `SELECT id, layout, sequence, time, data FROM events
       WHERE id > ? AND id <= ? AND layout IN (${ids.join()}) ${where} ORDER BY id LIMIT ?`,
    )
    let last = 0
    for (let left = limit; left > 0; ) {
      const rows = statement.all(last, this.#lastId, ...values, Math.min(left, CHUNK))
      yield* rows
      if (rows.length < Math.min(left, CHUNK)) return
      left -= rows.length
      last = rows.at(-1)!.id
    }
  }

  #pick(columns: readonly string[], cell: (name: string) => KeptValue): Record<string, KeptValue> {
    const row: Record<string, KeptValue> = {}
    for (const name of columns) row[name] = cell(name)
    return row
  }
}

function openToRead(path: string): { db: Database.Database; lastId: number } {
  try {
    return begin(new Database(path, { readonly: true, fileMustExist: true }))
  } catch (error) {
    if (!/^SQLITE_READONLY/.test((error as { code?: string }).code ?? '')) throw error
    // The writer was killed in the middle: SQLite itself must finish or undo that before anybody can read.
    return begin(new Database(path, { fileMustExist: true }))
  }
}

function begin(db: Database.Database): { db: Database.Database; lastId: number } {
  try {
    db.pragma('query_only = ON')
    db.pragma('cache_size = -2048')
    return { db, lastId: (db.prepare('SELECT max(id) FROM events').pluck().get() as number | null) ?? 0 }
  } catch (error) {
    db.close()
    throw error
  }
}
