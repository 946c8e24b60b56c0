import type { Platform } from '@quarry/schema'
import type { Note } from '@quarry/schema/agent/query'
import type { Table } from '../define-table.ts'
import { nearest } from './nearest.ts'

const platformNames: Record<Platform, string> = { linux: 'Linux', darwin: 'macOS', windows: 'Windows' }

/** Makes the function that turns SQLite's message into a note: it knows other platforms' tables and near names. */
export function explainError({
  tables,
  foreign = {},
}: {
  tables: readonly Table[]
  foreign?: Readonly<Record<string, readonly Platform[]>>
}): (message: string) => Note {
  const names = tables.flatMap((table) => [table.name, ...(table.aliases ?? [])])
  return (message) => {
    const table = /^no such table: (?:main\.)?(.+)$/.exec(message)?.[1]
    const platforms = table === undefined ? undefined : foreign[table.toLowerCase()]
    if (table !== undefined && platforms) {
      return {
        code: 'other_platform',
        message: `The table ${table} exists only on ${platforms.map((name) => platformNames[name]).join(' and ')}.`,
      }
    }
    const near = table === undefined ? undefined : nearest(table, names)
    return { code: 'sql', message: near ? `${message}; did you mean ${near}?` : `${message}.` }
  }
}
