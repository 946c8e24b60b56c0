import { readdirSync } from 'node:fs'
import type { Table } from './define-table.ts'
import type { SqlFunction } from './functions/define-function.ts'

/** Loads every table: one file of `tables/` each. */
export const allTables = () => loadAll<Table>('./tables/')

/** Loads every function of SQL that SQLite does not have: one file of `functions/` each. */
export const allFunctions = () => loadAll<SqlFunction>('./functions/')

/** Loads the default exports of the files in a folder that are named after what they hold (`a_b.ts`, not `a-b.ts`). */
async function loadAll<T>(folder: string): Promise<T[]> {
  const address = new URL(folder, import.meta.url)
  const names = readdirSync(address).filter((name) => /^[a-z0-9_]+\.ts$/.test(name))
  const modules = await Promise.all(names.map((name) => import(new URL(name, address).href)))
  return modules.map((module) => module.default as T)
}
