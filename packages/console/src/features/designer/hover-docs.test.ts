import { expect, test } from 'vitest'
import { docOf } from './hover-docs.ts'
import type { KnownSchema } from './known-schema.ts'

const schema: KnownSchema = {
  tables: [
    {
      name: 'processes',
      description: 'Running processes.',
      platforms: ['linux', 'darwin'],
      examples: [],
      devices: 2,
      columns: [{ name: 'name', type: 'text', description: 'Name of the process.' }],
    },
    {
      name: 'users',
      description: 'Accounts.',
      platforms: ['linux'],
      examples: [],
      devices: 2,
      columns: [{ name: 'name', type: 'text', description: 'Name of the account.' }],
    },
  ],
  functions: [{ name: 'split', signature: 'split(text, separators, index)', description: 'Splits.' }],
}
const sql = "SELECT u.name, split(p.name, '/', 0) FROM processes p JOIN users u WHERE p.pid = $$pid$$"
const doc = (word: string, before?: string) =>
  docOf(word, before, sql, schema, [{ name: 'pid', dataType: 'integer' }])

test('a table, by its name and by its alias', () => {
  const processes = { title: 'processes', detail: 'table, linux, darwin', text: 'Running processes.' }
  expect(doc('processes')).toEqual(processes)
  expect(doc('p')).toEqual(processes)
})

test('a column of the table that its alias stands for', () => {
  expect(doc('name', 'u')).toMatchObject({ title: 'users.name', text: 'Name of the account.' })
  expect(doc('name', 'p')).toMatchObject({ title: 'processes.name' })
})

test('a function, and variables declared or not', () => {
  expect(doc('split')).toMatchObject({ title: 'split(text, separators, index)' })
  expect(doc('$$pid$$')).toMatchObject({ detail: 'integer, a value is needed' })
  expect(doc('$$other$$')?.text).toMatch(/not declared/)
})

test('of any other word nothing is said', () => {
  expect(doc('where')).toBeUndefined()
})
