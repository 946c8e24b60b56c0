import { expect, test } from 'vitest'
import { chosenTables, type KnownTable, tableNamed, tablesIn } from './known-schema.ts'

const table = (name: string, aliases?: string[]): KnownTable => ({
  name,
  description: 'A table.',
  platforms: ['linux'],
  columns: [],
  examples: [],
  devices: 1,
  ...(aliases && { aliases }),
})
const schema = { tables: [table('processes'), table('users', ['accounts'])], functions: [] }
const names = (sql: string) => tablesIn(sql, schema).map(({ name }) => name)

test('finds tables by name and alias, regardless of case, as whole words', () => {
  expect(names('select * from PROCESSES join accounts')).toEqual(['processes', 'users'])
  expect(names('select * from my_processes')).toEqual([])
})

test('knows what an alias in FROM or JOIN stands for', () => {
  const sql = 'SELECT p.pid FROM processes p JOIN users AS u USING (uid)'
  expect(tableNamed('p', sql, schema)?.name).toBe('processes')
  expect(tableNamed('U', sql, schema)?.name).toBe('users')
  expect(tableNamed('x', sql, schema)).toBeUndefined()
})

test('counts tables over the chosen devices, and says nothing of numbers where these are not known', () => {
  const counts = { devices: 3, items: [{ name: 'processes', devices: 1 }] }
  const devices = (given: typeof counts | undefined) =>
    chosenTables(schema, given).map((table) => [table.name, table.devices])
  expect(devices(counts)).toEqual(schema.tables.map(({ name }) => [name, name === 'processes' ? 1 : 0]))
  expect(devices(undefined)).toEqual(schema.tables.map(({ name }) => [name, undefined]))
  // Devices that have never told what they have lack nothing that is known of.
  expect(devices({ devices: 0, items: [] })).toEqual(schema.tables.map(({ name }) => [name, undefined]))
})
