import type { Note } from '@quarry/schema/agent/query'
import { type SensitiveTable, sensitiveTables } from '@quarry/schema/agent/sensitive-tables'
import type { Table } from '../define-table.ts'
import type { Sqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'

/** Functions that reach out of the query, into files, code or the engine itself. */
const refusedFunctions = new Set([
  'edit',
  'fts3_tokenizer',
  'fts5',
  'load_extension',
  'readfile',
  'sqlite_log',
  'sqlite_offset',
  'writefile',
])

/** Virtual tables of SQLite itself that look into the engine. */
const refusedTables = new Set(['bytecode', 'dbstat', 'sqlite_dbpage', 'sqlite_stmt', 'tables_used'])

/** They tell the columns of a table; public queries look names up by them. */
const harmlessPragmas = new Set(['table_info', 'table_xinfo'])

/** The sentence for a table that whoever asks may not read. */
export function refuseTable(table: string): Note {
  return {
    code: 'not_allowed',
    message: `The table ${table} needs the permission table:${table}, which whoever asked does not have.`,
  }
}

/**
 * Lets a connection read and nothing else. The reason of a refusal is left in the statement's state, because SQLite itself only
 * says "not authorized".
 */
export function authorizeReads(
  db: number,
  sqlite: Sqlite,
  tables: readonly Table[],
  current: () => StatementState | undefined,
) {
  const { capi } = sqlite
  const { SQLITE_OK, SQLITE_DENY } = capi
  const actions = actionNames(capi)
  const realNames = new Map(
    tables.flatMap((table) =>
      [table.name, ...(table.aliases ?? [])].map((name) => [name.toLowerCase(), table.name] as const),
    ),
  )
  const sensitive: ReadonlySet<string> = new Set(sensitiveTables)

  function refuse(state: StatementState, note: Note) {
    state.refusal ??= note
    return SQLITE_DENY
  }

  function authorize(action: number, first: string, second: string): number {
    const state = current()
    // Between statements the engine itself is at work.
    if (!state || action === capi.SQLITE_SELECT || action === capi.SQLITE_RECURSIVE) return SQLITE_OK
    if (action === capi.SQLITE_READ) {
      const name = first.toLowerCase()
      const table = realNames.get(name) ?? name
      if (refusedTables.has(table)) {
        return refuse(state, { code: 'not_allowed', message: `The table ${first} is not open to queries.` })
      }
      if (sensitive.has(table) && !state.request.readable.includes(table as SensitiveTable)) {
        return refuse(state, refuseTable(table))
      }
      return SQLITE_OK
    }
    if (action === capi.SQLITE_FUNCTION) {
      if (!refusedFunctions.has(second.toLowerCase())) return SQLITE_OK
      return refuse(state, { code: 'not_allowed', message: `The function ${second} is not open to queries.` })
    }
    if (action === capi.SQLITE_PRAGMA && harmlessPragmas.has(first.toLowerCase())) return SQLITE_OK
    // Whatever creates, drops or alters begins with a write to the schema's own table.
    const schema = first === 'sqlite_master' || first === 'sqlite_temp_master'
    const what = schema ? 'a change of the schema' : (actions.get(action) ?? 'this statement')
    return refuse(state, {
      code: 'not_allowed',
      message: `Only reading is allowed: ${what} was refused.`,
    })
  }

  capi.sqlite3_set_authorizer(
    db,
    (_context, action, first, second) => authorize(action, first || '', second || ''),
    0,
  )
}

function actionNames(capi: Sqlite['capi']): Map<number, string> {
  return new Map([
    [capi.SQLITE_INSERT, 'INSERT'],
    [capi.SQLITE_UPDATE, 'UPDATE'],
    [capi.SQLITE_DELETE, 'DELETE'],
    [capi.SQLITE_PRAGMA, 'PRAGMA'],
    [capi.SQLITE_ATTACH, 'ATTACH'],
    [capi.SQLITE_DETACH, 'DETACH'],
    [capi.SQLITE_TRANSACTION, 'a transaction'],
    [capi.SQLITE_SAVEPOINT, 'SAVEPOINT'],
    [capi.SQLITE_REINDEX, 'REINDEX'],
    [capi.SQLITE_ANALYZE, 'ANALYZE'],
    [capi.SQLITE_ALTER_TABLE, 'ALTER TABLE'],
    [capi.SQLITE_CREATE_VTABLE, 'CREATE VIRTUAL TABLE'],
    [capi.SQLITE_DROP_TABLE, 'DROP TABLE'],
    [capi.SQLITE_DROP_VTABLE, 'DROP TABLE'],
  ])
}
