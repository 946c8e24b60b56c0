import { readFileSync } from 'node:fs'
import type { Platform } from '@quarry/schema'

/** Tables that exist only on other platforms, each with these; from `data/foreign-tables.json`. */
export function foreignTables(): Record<string, Platform[]> {
  return JSON.parse(readFileSync(new URL('../../data/foreign-tables.json', import.meta.url), 'utf8'))
}
