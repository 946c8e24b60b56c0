import type { Note } from '@quarry/schema/agent/query'
import { prepareOne } from './prepare.ts'
import type { Sqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'

/** What keeps rows back, or reads one table in several turns. */
const gathering = /TEMP B-TREE|MULTI-INDEX OR|MATERIALIZE|COMPOUND|RECURSIVE|BLOOM FILTER|AUTOMATIC/

/** Whether SQLite gives each row of a statement as it comes to it, by its own plan. False where it does not say. */
export function givesAtOnce(sqlite: Sqlite, db: number, sql: string, state: StatementState): boolean {
  const { capi, raw } = sqlite
  const explain = (message: string): Note => ({ code: 'sql', message })
  const prepared = prepareOne(sqlite, db, `EXPLAIN QUERY PLAN ${sql}`, state, explain)
  if ('error' in prepared) return false
  try {
    for (;;) {
      const code = raw.sqlite3_step(prepared.statement)
      if (code !== capi.SQLITE_ROW) return code === capi.SQLITE_DONE
      if (gathering.test(String(capi.sqlite3_column_text(prepared.statement as never, 3)))) return false
    }
  } finally {
    raw.sqlite3_finalize(prepared.statement)
  }
}
