import type { Note } from '@quarry/schema/agent/query'
import type { Sqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'

export type Prepared = { statement: number } | { error: Note }

const sqlError = (message: string): Prepared => ({ error: { code: 'sql', message } })

/**
 * Compiles the one statement of a text.
 * @param explain turns SQLite's message into the note that the asker gets.
 */
export function prepareOne(
  sqlite: Sqlite,
  db: number,
  sql: string,
  state: StatementState,
  explain: (message: string) => Note,
): Prepared {
  const { capi, wasm, raw } = sqlite
  if (sql.includes('\0')) return sqlError('The statement holds a NUL character.')
  const bytes = Buffer.from(sql, 'utf8')
  const start = wasm.alloc(bytes.length + 1) as number
  const out = wasm.alloc(8) as number
  try {
    const heap = sqlite.heap()
    heap.set(bytes, start)
    heap[start + bytes.length] = 0

    /** Compiles from an address on; the statement is 0 where only comments or nothing is left. */
    const compile = (from: number) => {
      wasm.pokePtr(out, 0)
      const code = capi.sqlite3_prepare_v3(db, from as never, -1, 0, out as never, (out + 4) as never)
      return { code, statement: wasm.peekPtr(out) as number, tail: wasm.peekPtr(out + 4) as number }
    }

    let tail = start
    while (tail < start + bytes.length) {
      const first = compile(tail)
      if (first.code !== capi.SQLITE_OK) {
        return { error: state.refusal ?? explain(capi.sqlite3_errmsg(db) as string) }
      }
      tail = first.tail
      if (first.statement === 0) continue
      while (tail < start + bytes.length) {
        const second = compile(tail)
        if (second.statement !== 0) raw.sqlite3_finalize(second.statement)
        if (second.statement !== 0 || second.code !== capi.SQLITE_OK) {
          raw.sqlite3_finalize(first.statement)
          return sqlError('Only one statement can be run at a time; there is more after its semicolon.')
        }
        tail = second.tail
      }
      const writes = capi.sqlite3_stmt_readonly(first.statement as never) === 0
      if (writes || raw.sqlite3_column_count(first.statement) === 0) {
        raw.sqlite3_finalize(first.statement)
        return {
          error: {
            code: 'not_allowed',
            message: 'Only reading is allowed, and the statement reads nothing.',
          },
        }
      }
      if (capi.sqlite3_bind_parameter_count(first.statement as never) > 0) {
        // SQLite would take NULL for it without a word.
        const name = capi.sqlite3_bind_parameter_name(first.statement as never, 1) ?? '?'
        raw.sqlite3_finalize(first.statement)
        return sqlError(`The statement has a place for a value, ${name}, and no value for it.`)
      }
      return { statement: first.statement }
    }
    return sqlError('The statement is empty.')
  } finally {
    wasm.dealloc(start as never)
    wasm.dealloc(out as never)
  }
}
