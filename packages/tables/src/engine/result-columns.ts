import type { ColumnType } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'
import type { Sqlite } from './sqlite.ts'

const declaredTypes: Record<string, ColumnType> = {
  TEXT: 'text',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  'UNSIGNED BIGINT': 'unsigned_bigint',
  DOUBLE: 'double',
  BLOB: 'blob',
}

/** Describes the columns of a statement; a computed one gets its type from its values. */
export interface ResultColumns {
  readonly count: number
  /** Looks at the current row, for columns whose type is not known yet. */
  look(): void
  describe(): BatchColumn[]
}

export function resultColumns({ capi, raw }: Sqlite, statement: number): ResultColumns {
  const count = raw.sqlite3_column_count(statement)
  const types: (ColumnType | undefined)[] = []
  const unknown = new Set<number>()
  const seen: Record<number, ColumnType> = {
    [capi.SQLITE_INTEGER]: 'bigint',
    [capi.SQLITE_FLOAT]: 'double',
    [capi.SQLITE_TEXT]: 'text',
    [capi.SQLITE_BLOB]: 'blob',
  }
  for (let index = 0; index < count; index++) {
    const declared = capi.sqlite3_column_decltype(statement as never, index)
    types[index] = declared ? declaredTypes[declared.toUpperCase()] : undefined
    if (!types[index]) unknown.add(index)
  }
  return {
    count,
    look() {
      for (const index of unknown) {
        types[index] = seen[raw.sqlite3_column_type(statement, index)]
        if (types[index]) unknown.delete(index)
      }
    },
    describe: () =>
      Array.from({ length: count }, (_, index) => {
        const table = capi.sqlite3_column_table_name(statement as never, index)
        const column = capi.sqlite3_column_origin_name(statement as never, index)
        return {
          name: capi.sqlite3_column_name(statement as never, index) as string,
          type: types[index] ?? 'text',
          ...(table && column ? { origin: `${table}.${column}` } : {}),
        }
      }),
  }
}
