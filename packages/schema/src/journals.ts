import { readdirSync } from 'node:fs'
import type { Journal } from './define-journal.ts'

/** Reads every journal from the files of `journals/`, sorted by table. Node only. */
export async function allJournals(): Promise<Journal[]> {
  const folder = new URL('./journals/', import.meta.url)
  const names = readdirSync(folder).filter((name) => /^[a-z0-9_]+\.ts$/.test(name))
  const modules = await Promise.all(
    names.sort().map((name) => import(new URL(name, folder).href) as Promise<{ default: Journal }>),
  )
  return modules.map((module) => module.default)
}
