import { readFileSync } from 'node:fs'
import type { ColumnType, Platform } from '@quarry/schema'

/** Tables that exist only on other platforms than Linux, each with these. */
export type ForeignTables = Readonly<Record<string, readonly Platform[]>>

/** Columns that a table of Linux has only on other platforms, by table and name. */
export type ForeignColumns = Readonly<
  Record<string, Readonly<Record<string, { type: ColumnType; platforms: readonly Platform[] }>>>
>

const read = (address: string) => JSON.parse(readFileSync(new URL(address), 'utf8'))

/** Reads the list that the linter knows as well. */
export const foreignTables = (): ForeignTables => read(import.meta.resolve('@quarry/sql/foreign-tables.json'))

/** The same of columns. */
export const foreignColumns = (): ForeignColumns =>
  read(import.meta.resolve('@quarry/sql/foreign-columns.json'))

const names: Record<Platform, string> = { linux: 'Linux', darwin: 'macOS', windows: 'Windows' }

/** Platforms in words. */
export const inWords = (platforms: readonly Platform[]) => platforms.map((one) => names[one]).join(' and ')
