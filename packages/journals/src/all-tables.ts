import { readdirSync } from 'node:fs'
import { allJournals } from '@quarry/schema/journals'
import type { Table } from '@quarry/tables/define-table'
import { journalTable } from './tables/read/journal-table.ts'

export { type JournalPort, openJournalPort } from './tables/read/port.ts'

/** Every table over the journals: one for each journal, and one for each file of `tables/`. They read through the port `journals`. */
export async function allJournalTables(): Promise<Table[]> {
  const folder = new URL('./tables/', import.meta.url)
  const names = readdirSync(folder).filter((name) => /^[a-z0-9_]+\.ts$/.test(name))
  const modules = await Promise.all(
    names.sort().map((name) => import(new URL(name, folder).href) as Promise<{ default: Table }>),
  )
  const journals = await allJournals()
  return [...journals.map(journalTable), ...modules.map((module) => module.default)]
}
