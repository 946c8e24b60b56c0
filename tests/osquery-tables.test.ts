import { existsSync, readFileSync } from 'node:fs'
import { allTables } from '@quarry/agent/tables'
import { leftOut } from '@quarry/tables/left-out'
import { disagreements, osqueryOnLinux } from '@quarry/tables/osquery'
import { expect, test } from 'vitest'

const osquery = osqueryOnLinux()
const left = leftOut()
const tables = await allTables()
const names = new Set(tables.flatMap((table) => [table.name, ...(table.aliases ?? [])]))

test('every table that osquery has on Linux is there, or left out with a reason', () => {
  expect(Object.keys(osquery).length).toBeGreaterThan(150)
  expect(Object.keys(osquery).filter((name) => !names.has(name) && !left.tables[name])).toEqual([])
})

test('every table of the agent has the columns of osquery’s, or says why not', () => {
  const found = tables.flatMap((table) =>
    disagreements(table, osquery, left).map((sentence) => `${table.name}: ${sentence}`),
  )
  expect(found).toEqual([])
})

interface SchemaTable {
  platforms: string[]
  columns: { name: string }[]
  extended: Record<string, { name: string }[]>
}
const source = new URL('../../shared/data/osquery-schema.json', import.meta.url)
test.skipIf(!existsSync(source))(
  'the list of osquery’s tables is that of its schema (skipped where it is not beside the checkout)',
  () => {
    const schema = Object.entries(JSON.parse(readFileSync(source, 'utf8')) as Record<string, SchemaTable>)
    const onLinux = schema.filter(([, table]) => table.platforms.includes('linux'))
    expect(Object.keys(osquery).sort()).toEqual(onLinux.map(([name]) => name).sort())
    for (const [name, { columns, extended }] of onLinux) {
      const more = Object.entries(extended).flatMap(([where, list]) => (where.includes('linux') ? list : []))
      expect(Object.keys(osquery[name]!), name).toEqual([...columns, ...more].map((column) => column.name))
    }
  },
)
