import { expect, test } from 'vitest'
import { type KnownTable, tableNamed, tablesIn } from './known-schema.ts'

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
