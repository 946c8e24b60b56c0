import { readFileSync } from 'node:fs'

/** What osquery has on Linux and Quarry has not, each with its reason, a sentence. */
export interface LeftOut {
  /** By name of the table. */
  tables: Readonly<Record<string, string>>
  /** By `table.column`. */
  columns: Readonly<Record<string, string>>
}

/** Reads `data/left-out.json`. */
export const leftOut = (): LeftOut =>
  JSON.parse(readFileSync(new URL('../data/left-out.json', import.meta.url), 'utf8'))
