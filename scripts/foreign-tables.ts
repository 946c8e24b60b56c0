import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes what osquery has: `foreign-tables.json` (tables of platforms other than Linux) and `foreign-columns.json` (columns that tables
 * of Linux have only there) in `packages/sql/data/`, and `osquery-linux.json` (tables of Linux with their columns) in
 * `packages/tables/data/`. Needs the osquery schema that lies beside the checkout; where it is absent, says so and changes
 * nothing.
 */
const source = new URL('../../shared/data/osquery-schema.json', import.meta.url)
const data = new URL('../packages/', import.meta.url)
const marks = ['index', 'required', 'additional'] as const

type OsqueryColumn = { name: string; type: string } & Partial<Record<(typeof marks)[number], boolean>>
interface OsqueryTable {
  platforms: string[]
  aliases: string[]
  columns: OsqueryColumn[]
  /** Columns that only some platforms have, under the names of these, separated by spaces. */
  extended: Record<string, OsqueryColumn[]>
}

/** The vendor's tables that only Windows has, as public queries name them (win_update: updates of Windows that are to be had). */
const vendorWindows = [
  'sophos_amsi_journal',
  'sophos_powershell_events',
  'sophos_registry_journal',
  'sophos_thread_journal',
  'sophos_windows_events',
  'win_update',
]

if (!existsSync(source)) {
  console.log('The osquery schema is not beside this checkout; the lists stay as they are.')
  process.exit(0)
}

const schema: Record<string, OsqueryTable> = JSON.parse(readFileSync(source, 'utf8'))
const tables = new Map<string, unknown>(vendorWindows.map((name) => [name, ['windows']]))
const columns = new Map<string, unknown>()
const linux = new Map<string, unknown>()
for (const [name, { platforms, aliases, columns: own, extended }] of Object.entries(schema)) {
  if (!platforms.includes('linux')) for (const one of [name, ...aliases]) tables.set(one, platforms)
  else {
    const here = Object.entries(extended).flatMap(([where, list]) => (where.includes('linux') ? list : []))
    linux.set(name, Object.fromEntries([...own, ...here].map((column) => [column.name, describe(column)])))
    const foreign: Record<string, { type: string; platforms: string[] }> = {}
    for (const [where, list] of Object.entries(extended)) {
      if (where.includes('linux')) continue
      for (const { name, type } of list) {
        foreign[name] ??= { type, platforms: [] }
        foreign[name].platforms.push(...where.split(' '))
      }
    }
    if (Object.keys(foreign).length > 0) columns.set(name, foreign)
  }
}
write('sql/data/foreign-tables.json', tables)
write('sql/data/foreign-columns.json', columns)
write('tables/data/osquery-linux.json', linux)
console.log('Now bring them into form: npx biome check --write packages/sql/data packages/tables/data')

/** The type of a column and its marks: `text index`. */
function describe(column: OsqueryColumn): string {
  return [column.type, ...marks.filter((mark) => column[mark])].join(' ')
}

/** One line for each entry, in the order of their names. */
function write(file: string, entries: Map<string, unknown>) {
  const lines = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  writeFileSync(new URL(file, data), `{\n${lines.join(',\n')}\n}\n`)
  console.log(`${file}: ${lines.length} entries.`)
}
