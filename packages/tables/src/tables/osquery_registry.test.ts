import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { allTables } from '../registry.ts'
import table from './osquery_registry.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('lists tables and functions', async () => {
  const names = (registry: string) =>
    fixture.all(`SELECT name FROM osquery_registry WHERE registry = '${registry}'`).map((row) => row.name)
  expect(names('table')).toEqual((await allTables()).map(({ name }) => name))
  expect(names('sql')).toContain('regex_match')
  expect(fixture.all("SELECT * FROM osquery_registry WHERE name = 'processes'")).toEqual([
    { registry: 'table', name: 'processes', owner_uuid: 0, internal: 0, active: 1 },
  ])
})
