import { readdirSync } from 'node:fs'
import type { Table } from './define-table.ts'

/** Loads every table: one file of `tables/` each. */
export async function allTables(): Promise<Table[]> {
  const folder = new URL('./tables/', import.meta.url)
  const names = readdirSync(folder).filter((name) => /^[a-z0-9_]+\.ts$/.test(name))
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href)))
  return modules.map((module) => module.default as Table)
}
