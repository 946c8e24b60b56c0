import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'osquery_packs',
  description:
    'Packs of scheduled queries. The schedule is the server’s matter in Quarry, so the table is always empty.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the pack.'),
    platform: column.text('Platforms of the pack.'),
    version: column.text('Lowest version of osquery that the pack needs.'),
    shard: column.integer('Share of devices that run the pack, in percent.'),
    discovery_cache_hits: column.integer('How often a kept answer of its discovery queries served.'),
    discovery_executions: column.integer('How often its discovery queries ran.'),
    active: column.integer('1 when the pack runs on this device, else 0.'),
  },
  examples: ['SELECT name FROM osquery_packs WHERE active = 1'],
  estimatedRows: 1,

  *rows() {},
})
