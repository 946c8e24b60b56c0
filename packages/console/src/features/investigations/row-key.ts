import type { Cell } from '@quarry/schema'

/** A text that two rows share when their device and all their cells are the same, in whatever order the cells stand. */
export function rowKey(row: Readonly<Record<string, Cell>>): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
}
