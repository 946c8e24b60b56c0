import { localTables } from '@quarry/agent/local-tables'
import { readStatement } from '@quarry/sql/sources'
import type { Ask } from './known-things.ts'

/**
 * Makes the sentence that says why a query may have found nothing: which of its tables have no row on this machine, else which ones gave
 * none for what they were asked by, else that its conditions fit no row.
 */
export async function openEmptyTables(ask: Ask): Promise<(sql: string) => Promise<string>> {
  const specs = new Map(
    (await localTables()).flatMap((spec) =>
      [spec.name, ...(spec.aliases ?? [])].map((name) => [name.toLowerCase(), spec] as const),
    ),
  )
  const known = new Map<string, boolean>()

  async function isEmpty(table: string): Promise<boolean> {
    const isJournal = specs.get(table)?.columns.some(({ name }) => name === 'time_ms')
    const empty =
      known.get(table) ??
      (await ask(`SELECT 1 FROM "${table}"${isJournal ? ' WHERE time > 0' : ''} LIMIT 1`)).rows === 0
    known.set(table, empty)
    return empty
  }

  return async (sql) => {
    const { sources, ctes } = readStatement(sql)
    const names = sources.flatMap(({ table }) => table?.toLowerCase() ?? [])
    const tables = [...new Set(names)].filter((name) => !ctes.has(name) && specs.has(name))
    const asked = tables.filter((table) => specs.get(table)!.columns.some(({ required }) => required))
    const none = []
    for (const table of tables) if (!asked.includes(table) && (await isEmpty(table))) none.push(table)
    if (none.length > 0) return `no row in ${none.join(', ')}.`
    if (asked.length > 0) return `no row for what is asked of ${asked.join(', ')}.`
    return `every table has rows, and the conditions fit none of ${tables.join(', ')}.`
  }
}
