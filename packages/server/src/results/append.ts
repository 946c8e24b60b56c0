import type { ColumnType } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'
import type { Statement } from 'better-sqlite3'
import { distinctNames, widen } from './column-names.ts'
import { addColumn, type Db, maxColumns, readColumns, rowCount, type StoredColumn } from './result-file.ts'
import { type Stored, toStored } from './values.ts'

/** One batch of a device, as it goes into the results. */
export interface BatchInput {
  endpointId: string
  hostname: string
  sequence: number
  /** Size on the wire. */
  bytes: number
  columns?: readonly BatchColumn[] | undefined
  rows: readonly (readonly unknown[])[]
}

/**
 * What became of a batch. `stored`: its rows are in. `repeated`: they were in before. `gap`: a batch before it is
 * missing. `malformed`: a row does not fit the columns. `full`: the run has too many columns. But for `stored` nothing changed.
 */
export interface Appended {
  outcome: 'stored' | 'repeated' | 'gap' | 'malformed' | 'full'
  /** Sequence up to which the device's batches are in. */
  lastSequence: number
  /** Rows of the device in all. */
  deviceRows: number
  /** Bytes of the device’s batches in all. */
  deviceBytes: number
}

interface DeviceState {
  ordinal: number
  columns: { key: string; type: ColumnType }[] | undefined
  lastSequence: number
  rows: number
  bytes: number
}

/** Appends batches to the results of one run. Holds what it needs to know of the file in memory; there is one for a file. */
export class Appender {
  readonly #db: Db
  readonly #devices = new Map<string, DeviceState>()
  readonly #inserts = new Map<string, Statement>()
  #columns: StoredColumn[]
  #lastRow: number

  constructor(db: Db) {
    this.#db = db
    this.#columns = readColumns(db)
    this.#lastRow = rowCount(db)
  }

  /** Columns of the run so far. */
  get columns(): readonly StoredColumn[] {
    return this.#columns
  }

  /** Rows of the run so far. */
  get rows(): number {
    return this.#lastRow
  }

  /**
   * Appends batches in one transaction: after the return all are on the disk, or it throws and none is.
   * @throws SQLite's error, for instance `SQLITE_FULL`
   */
  append(batches: readonly BatchInput[]): Appended[] {
    try {
      return this.#db.transaction(() => batches.map((batch) => this.#appendOne(batch))).immediate()
    } catch (error) {
      this.#forget()
      throw error
    }
  }

  #appendOne(batch: BatchInput): Appended {
    const device = this.#device(batch)
    const answer = (outcome: Appended['outcome']): Appended => ({
      outcome,
      lastSequence: device.lastSequence,
      deviceRows: device.rows,
      deviceBytes: device.bytes,
    })
    if (batch.sequence <= device.lastSequence) return answer('repeated')
    if (batch.sequence > device.lastSequence + 1) return answer('gap')
    const columns = device.columns ?? this.#place(batch.columns)
    if (columns === 'full') return answer('full')
    const rows = storedRows(batch.rows, columns)
    if (rows === undefined) return answer('malformed')

    if (rows.length > 0) {
      const insert = this.#insertFor(columns ?? [])
      for (const row of rows) insert.run(++this.#lastRow, device.ordinal, ...row)
    }
    device.columns = columns
    device.lastSequence = batch.sequence
    device.rows += rows.length
    device.bytes += batch.bytes
    this.#db
      .prepare(
        'UPDATE devices SET columns = ?, last_sequence = ?, row_count = ?, bytes = ? WHERE ordinal = ?',
      )
      .run(
        columns ? JSON.stringify(columns) : null,
        device.lastSequence,
        device.rows,
        device.bytes,
        device.ordinal,
      )
    return answer('stored')
  }

  #device({ endpointId, hostname }: BatchInput): DeviceState {
    const known = this.#devices.get(endpointId)
    if (known) return known
    this.#db
      .prepare(
        'INSERT OR IGNORE INTO devices (endpoint_id, hostname, last_sequence, row_count, bytes) VALUES (?, ?, 0, 0, 0)',
      )
      .run(endpointId, hostname)
    const row = this.#db.prepare('SELECT * FROM devices WHERE endpoint_id = ?').get(endpointId) as {
      ordinal: number
      columns: string | null
      last_sequence: number
      row_count: number
      bytes: number
    }
    const device: DeviceState = {
      ordinal: row.ordinal,
      columns: row.columns === null ? undefined : JSON.parse(row.columns),
      lastSequence: row.last_sequence,
      rows: row.row_count,
      bytes: row.bytes,
    }
    this.#devices.set(endpointId, device)
    return device
  }

  /** Finds the columns of a device's answer among those of the run, and adds the ones that are new. */
  #place(columns: readonly BatchColumn[] | undefined): DeviceState['columns'] | 'full' {
    if (columns === undefined) return undefined
    const named = distinctNames(columns)
    const known = new Map(this.#columns.map((column) => [column.name, column]))
    const added = named.filter(({ name }) => !known.has(name)).length
    if (this.#columns.length + added > maxColumns) return 'full'
    const placed = named.map((column) => {
      const existing = known.get(column.name)
      if (existing === undefined) {
        const position = this.#columns.length
        addColumn(this.#db, position, column)
        this.#columns = [...this.#columns, { ...column, key: `c${position}` }]
        return { key: `c${position}`, type: column.type }
      }
      const type = widen(existing.type, column.type)
      if (type !== existing.type) {
        this.#db.prepare('UPDATE columns SET type = ? WHERE name = ?').run(type, existing.name)
        this.#columns = this.#columns.map((each) => (each.name === existing.name ? { ...each, type } : each))
      }
      return { key: existing.key, type: column.type }
    })
    return placed
  }

  #insertFor(columns: readonly { key: string }[]): Statement {
    const keys = columns.map(({ key }) => key)
    const names = ['id', 'device', ...keys].join(', ')
    let insert = this.#inserts.get(names)
    if (insert === undefined) {
      insert = this.#db.prepare(`INSERT INTO rows (${names}) VALUES (?, ?${', ?'.repeat(keys.length)})`)
      this.#inserts.set(names, insert)
    }
    return insert
  }

  /** After a rollback the memory of this object is ahead of the file: read it again. */
  #forget(): void {
    this.#devices.clear()
    this.#inserts.clear()
    this.#columns = readColumns(this.#db)
    this.#lastRow = rowCount(this.#db)
  }
}

function storedRows(
  rows: readonly (readonly unknown[])[],
  columns: readonly { type: ColumnType }[] | undefined,
): Stored[][] | undefined {
  if (rows.length === 0) return []
  if (columns === undefined) return undefined
  const result: Stored[][] = []
  for (const row of rows) {
    if (row.length !== columns.length) return undefined
    const stored: Stored[] = new Array(row.length)
    for (let index = 0; index < row.length; index++) {
      const value = toStored(row[index], columns[index]!.type)
      if (value === undefined) return undefined
      stored[index] = value
    }
    result.push(stored)
  }
  return result
}
