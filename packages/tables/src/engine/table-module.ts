import { queryErrorCodes } from '@quarry/schema/agent/query-codes'
import { type SensitiveTable, sensitiveTables } from '@quarry/schema/agent/sensitive-tables'
import type { Row, Scan, Table } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { refuseTable } from './authorize.ts'
import { scanPlanner } from './best-index.ts'
import { type DeclaredTable, declare } from './declare.ts'
import { type ForeignColumns, inWords } from './foreign.ts'
import { grouped } from './grouped.ts'
import { isRenamed, type Naming } from './old-names.ts'
import { type Plan, requiredColumns } from './plan.ts'
import { type Argument, makeScan } from './scan.ts'
import { scanFailure } from './scan-failure.ts'
import type { Sqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'
import type { Values } from './values.ts'

/** An open scan of one table. */
interface Cursor {
  declared: DeclaredTable
  rows?: Iterator<Row<Table['columns']>>
  row?: Record<string, unknown>
  rowid: number
}

export interface ModuleContext {
  sqlite: Sqlite
  values: Values
  host: Host
  foreignColumns?: ForeignColumns
  /** The statement that runs; undefined between two. */
  current(): StatementState | undefined
}

/** The package's wrapper of `sqlite3_module`. */
interface Module {
  pointer: number
  dispose(): void
}

/** Bytes of rows that are brought together at a time. */
const MOST_GROUPED = 96 << 20

const sensitive: ReadonlySet<string> = new Set(sensitiveTables)

/**
 * Makes tables known to a database connection. All share one SQLite module, which finds its table by number; a table is connected
 * when a statement first names it.
 */
export function registerTables(db: number, tables: readonly Table[], context: ModuleContext) {
  const { sqlite, values, host, current } = context
  const { capi, wasm, vtab, raw } = sqlite
  const declared = tables.map((table) => declare(table, context.foreignColumns?.[table.name]))
  const connected = new Map<number, DeclaredTable>()
  const cursors = new Map<number, Cursor>()
  const planScan = scanPlanner(sqlite)
  const { SQLITE_OK, SQLITE_ERROR, SQLITE_INTERRUPT } = capi

  function finish(cursor: Cursor) {
    const { rows } = cursor
    cursor.rows = undefined
    cursor.row = undefined
    try {
      rows?.return?.()
    } catch (error) {
      current()?.warn('partial', scanFailure(cursor.declared.table, error))
    }
  }

  function open(table: Table, scan: Scan, { groups, reads }: Plan, state: StatementState) {
    if (!groups) return table.rows(host, scan)
    const bytes = Math.min(MOST_GROUPED, state.request.limits.memoryBytes / 4)
    return grouped(
      () => table.rows(host, scan),
      groups,
      [...reads],
      bytes,
      () => state.mustStop(),
    )
  }

  /** Moves to the next row. A table that throws ends its scan, not the query. */
  function advance(cursor: Cursor): number {
    const state = current()
    if (!state || state.mustStop()) {
      finish(cursor)
      return SQLITE_INTERRUPT
    }
    try {
      const next = cursor.rows!.next()
      if (next.done) {
        if (state.stopped) return SQLITE_INTERRUPT
        cursor.rows = undefined
        cursor.row = undefined
      } else {
        cursor.row = next.value
        cursor.rowid++
      }
      state.leader.moves(cursor, cursor.row)
    } catch (error) {
      state.warn('partial', scanFailure(cursor.declared.table, error))
      cursor.rows = undefined
      cursor.row = undefined
    }
    return SQLITE_OK
  }

  const methods = {
    xCreate: 0,
    xConnect(pDb: number, aux: number, _argc: number, _argv: number, ppVtab: number) {
      const found = declared[aux - 1]!
      const code = capi.sqlite3_declare_vtab(pDb, found.sql)
      if (code !== SQLITE_OK) return code
      const created = vtab.xVtab.create(ppVtab)
      connected.set(created.pointer as number, found)
      return SQLITE_OK
    },
    xDisconnect(pVtab: number) {
      connected.delete(pVtab)
      vtab.xVtab.dispose(pVtab)
      return SQLITE_OK
    },
    xBestIndex(pVtab: number, pIndex: number) {
      const state = current()
      const found = connected.get(pVtab)
      if (!state || !found) return SQLITE_ERROR
      planScan(pIndex, found, state)
      return SQLITE_OK
    },
    xOpen(pVtab: number, ppCursor: number) {
      const created = vtab.xCursor.create(ppCursor)
      cursors.set(created.pointer as number, { declared: connected.get(pVtab)!, rowid: -1 })
      return SQLITE_OK
    },
    xClose(pCursor: number) {
      const cursor = cursors.get(pCursor)
      if (cursor) finish(cursor)
      cursors.delete(pCursor)
      vtab.xCursor.dispose(pCursor)
      return SQLITE_OK
    },
    xFilter(pCursor: number, planNumber: number, _text: number, _argc: number, argv: number) {
      const cursor = cursors.get(pCursor)!
      const state = current()
      finish(cursor)
      if (!state) return SQLITE_ERROR
      const { table } = cursor.declared
      if (sensitive.has(table.name) && !state.request.readable.includes(table.name as SensitiveTable)) {
        state.refusal = refuseTable(table.name)
        return SQLITE_ERROR
      }
      const plan = state.plans[planNumber]!
      if (plan.missing) {
        state.warn('required_column', requirement(table))
        return SQLITE_OK
      }
      for (const [name, { platforms }] of Object.entries(cursor.declared.foreign)) {
        if (!plan.reads.has(name)) continue
        const where = inWords(platforms)
        state.warn(
          'partial',
          `The column ${name} of ${table.name} exists only on ${where}; here it is empty.`,
        )
      }
      const { continuation } = state.request
      const goesOn = state.leader.begins(cursor, table)
      const from = goesOn && continuation && 'table' in continuation ? continuation : undefined
      if (state.leader.lost) {
        state.refusal = { code: 'cannot_continue', message: queryErrorCodes.cannot_continue }
        return SQLITE_ERROR
      }
      const scan = makeScan(table, plan, readArguments(plan, argv), state, from)
      if (!scan) return SQLITE_OK
      try {
        cursor.rows = open(table, scan, plan, state)[Symbol.iterator]()
      } catch (error) {
        state.warn('partial', scanFailure(table, error))
        return SQLITE_OK
      }
      return advance(cursor)
    },
    xNext: (pCursor: number) => advance(cursors.get(pCursor)!),
    xEof: (pCursor: number) => (cursors.get(pCursor)!.row === undefined ? 1 : 0),
    xColumn(pCursor: number, result: number, index: number) {
      const { declared: found, row } = cursors.get(pCursor)!
      const name = found.real[index]!
      values.result(result, (row?.[name] ?? found.absent[index]) as never, found.isReal[index])
      return SQLITE_OK
    },
    xRowid(pCursor: number, out: number) {
      wasm.poke64(out, BigInt(cursors.get(pCursor)!.rowid))
      return SQLITE_OK
    },
  }

  const listItem = wasm.alloc(8) as number
  function readArguments(plan: Plan, argv: number): Argument[] {
    return plan.uses.map(({ list }, index) => {
      const pointer = wasm.peekPtr(argv + 4 * index) as number
      if (!list) return { value: values.read(pointer) }
      const found = []
      let code = capi.sqlite3_vtab_in_first(pointer, listItem)
      for (; code === SQLITE_OK; code = capi.sqlite3_vtab_in_next(pointer, listItem)) {
        found.push(values.read(wasm.peekPtr(listItem) as number))
      }
      return { list: found }
    })
  }

  const { setupModule } = vtab as unknown as { setupModule(options: object): Module }
  const module = setupModule({ catchExceptions: false, methods })
  function register(index: number) {
    const { table } = declared[index]!
    for (const name of [table.name, ...(table.aliases ?? [])]) {
      const cString = wasm.allocCString(name, false) as number
      const code = raw.sqlite3_create_module_v2(db, cString, module.pointer, index + 1, 0)
      wasm.dealloc(cString)
      if (code !== SQLITE_OK) throw new Error(`SQLite did not take the table ${name} (${code}).`)
    }
  }
  for (const index of tables.keys()) register(index)
  return {
    dispose: () => module.dispose(),
    /** Declares tables under other names, until the function that it returns is called: no statement may live then. */
    rename(naming: Naming): () => void {
      const renamed = [...tables.keys()].filter((index) => isRenamed(tables[index]!, naming))
      for (const index of renamed) {
        const table = tables[index]!
        register(declared.push(declare(table, context.foreignColumns?.[table.name], naming)) - 1)
      }
      return () => {
        for (const index of renamed) register(index)
        declared.length = tables.length
      }
    },
  }
}

const requirement = (table: Table) =>
  `The table ${table.name} gave no rows: it needs a constraint on ${requiredColumns(table).join(table.requiresAll ? ' and ' : ' or ')} (=, IN, LIKE, GLOB or a join).`
