import type { BatchColumn, Note, QueryEnd, QueryRequest, WireValue } from '@quarry/schema/agent/query'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { sensitiveTables } from '@quarry/schema/agent/sensitive-tables'
import type { Table } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { leftOut } from '../left-out.ts'
import { allFunctions } from '../registry.ts'
import { authorizeReads } from './authorize.ts'
import type { Sink } from './batches.ts'
import { explainError } from './explain-error.ts'
import { type ForeignColumns, type ForeignTables, foreignColumns, foreignTables } from './foreign.ts'
import { namingFor } from './old-names.ts'
import { registerCollations } from './register-collations.ts'
import { registerFunctions } from './register-functions.ts'
import { runQuery } from './run.ts'
import { loadSqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'
import { registerTables } from './table-module.ts'
import { openValues, type SqlValue } from './values.ts'

export type { Sink } from './batches.ts'

export interface EngineOptions {
  tables: readonly Table[]
  host: Host
  /** Tables that only other platforms have, with these; default: those of osquery and of the vendor. */
  foreign?: ForeignTables
  /** Columns that only other platforms have: they are empty here, with a warning. Default: those of osquery. */
  foreignColumns?: ForeignColumns
}

export interface Engine {
  /** Runs one statement; synchronous. Rows go to the sink as they come; the end says how it went. */
  run(request: QueryRequest, sink: Sink, signal?: { canceled(): boolean }): QueryEnd
  /** All rows of a statement, every sensitive table readable, without limits on rows; throws on an error. */
  all(sql: string, lists?: QueryRequest['lists']): Record<string, SqlValue>[]
  /** Warnings of the statement before. */
  readonly lastWarnings: readonly Note[]
  close(): void
}

const OPS_BETWEEN_LOOKS = 2000

/** Opens an SQL engine over tables: an empty SQLite in memory, in which only these tables and SQLite's functions exist. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const sqlite = await loadSqlite()
  const { capi, wasm } = sqlite
  const values = openValues(sqlite)
  const out = wasm.alloc(8) as number
  if (capi.sqlite3_open(':memory:', out as never) !== capi.SQLITE_OK) throw new Error('SQLite did not open.')
  const db = wasm.peekPtr(out) as number
  let current: StatementState | undefined
  let lastWarnings: readonly Note[] = []

  // Public queries write "text" for a string, as osquery accepts.
  capi.sqlite3_db_config(db as never, capi.SQLITE_DBCONFIG_DQS_DML, 1, 0)
  const module = registerTables(db, options.tables, {
    sqlite,
    values,
    host: options.host,
    foreignColumns: options.foreignColumns ?? foreignColumns(),
    current: () => current,
  })
  const functions = await allFunctions()
  registerFunctions(db, functions, sqlite, values)
  registerCollations(db, sqlite)
  authorizeReads(db, sqlite, options.tables, () => current)
  capi.sqlite3_progress_handler(db as never, OPS_BETWEEN_LOOKS, () => (current?.mustStop() ? 1 : 0), 0)
  const explain = explainError({
    foreign: foreignTables(),
    leftOut: leftOut().tables,
    ...options,
    functions: functions.map((fn) => fn.name),
  })

  /** Tries other names of columns where SQLite did not understand one; undefined when there are none to try. */
  function rename(message: string, sql: string) {
    const naming = namingFor(message, sql, options.tables)
    return naming && module.rename(naming)
  }

  function run(request: QueryRequest, sink: Sink, signal?: { canceled(): boolean }): QueryEnd {
    if (current) throw new Error('The engine runs one statement at a time.')
    capi.sqlite3_exec(db as never, `PRAGMA hard_heap_limit = ${request.limits.memoryBytes}`, 0, 0, 0)
    const end = runQuery(
      { sqlite, values, db, explain, setCurrent: (state) => (current = state), rename },
      request,
      sink,
      signal,
    )
    lastWarnings = end.warnings
    return end
  }

  function all(sql: string, lists?: QueryRequest['lists']): Record<string, SqlValue>[] {
    let names: string[] = []
    const rows: Record<string, SqlValue>[] = []
    const limits = { ...defaultLimits, memoryBytes: 2 ** 31 - 1, resultBytes: 2 ** 40, resultRows: 2 ** 40 }
    const end = run(
      { sql, readable: [...sensitiveTables], limits, ...(lists && { lists }) },
      {
        columns: (columns: BatchColumn[]) => {
          names = columns.map((column) => column.name)
        },
        rows: (batch) => {
          for (const row of batch)
            rows.push(Object.fromEntries(names.map((name, index) => [name, fromWire(row[index]!)])))
        },
      },
    )
    if (end.error) throw new Error(end.error.message)
    return rows
  }

  return {
    run,
    all,
    get lastWarnings() {
      return lastWarnings
    },
    close() {
      capi.sqlite3_close_v2(db as never)
      module.dispose()
    },
  }
}

function fromWire(value: WireValue): SqlValue {
  if (value === null || typeof value !== 'object') return value
  return 'i' in value ? BigInt(value.i) : new Uint8Array(Buffer.from(value.b, 'base64'))
}
