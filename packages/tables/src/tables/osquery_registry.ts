import { readdirSync } from 'node:fs'
import { column, defineTable } from '../define-table.ts'

/** What the agent is made of, by folder; each file is an entry. */
const folders = { sql: '../functions/', table: '../tables/' }

export default defineTable({
  name: 'osquery_registry',
  description: 'Tables and SQL functions that this device offers, in the columns of osquery’s registry.',
  platforms: ['linux'],
  columns: {
    registry: column.text('Kind of the entry: table, or sql for a function.'),
    name: column.text('Name of the entry.'),
    owner_uuid: column.integer('Number of the extension that owns it; 0 is the agent itself.'),
    internal: column.integer('1 when the entry is internal; always 0.'),
    active: column.integer('1 when the entry can be used; always 1.'),
  },
  examples: ["SELECT name FROM osquery_registry WHERE registry = 'table'"],
  estimatedRows: 200,

  *rows() {
    for (const [registry, folder] of Object.entries(folders))
      for (const file of readdirSync(new URL(folder, import.meta.url)).sort()) {
        const [, name] = /^([a-z0-9_]+)\.ts$/.exec(file) ?? []
        if (name) yield { registry, name, owner_uuid: 0, internal: 0, active: 1 }
      }
  },
})
