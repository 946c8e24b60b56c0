import { readdirSync } from 'node:fs'
import { Sentence } from '@quarry/schema'
import { afterAll, describe, expect, test } from 'vitest'
import { column, defineTable, type Table } from './define-table.ts'
import { openFixture } from './fixture.ts'
import { leftOut } from './left-out.ts'
import { disagreements, osqueryOnLinux } from './osquery.ts'
import { allTables } from './registry.ts'

const folder = new URL('./tables/', import.meta.url)
const files = readdirSync(folder)
const names = files.filter((file) => /^[a-z0-9_]+\.ts$/.test(file)).map((file) => file.slice(0, -3))
const tables = await allTables()
const fixture = await openFixture(tables)
afterAll(() => fixture.close())

test('every file of the folder is a table that bears its name', () => {
  expect(names.length).toBeGreaterThan(10)
  expect(tables.map((table) => table.name)).toEqual(names)
})

test('no two tables share a name or an alias', () => {
  const all = tables
    .flatMap((table) => [table.name, ...(table.aliases ?? [])])
    .map((name) => name.toLowerCase())
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
})

describe.each(tables.map((table) => [table.name, table] as const))('%s', (name, table) => {
  const columns = Object.entries(table.columns)

  test('has its own test', () => {
    expect(files).toContain(`${name}.test.ts`)
  })

  test('is documented in sentences', () => {
    const texts = [table.description, ...columns.map(([, column]) => column.description)]
    expect(texts.filter((text) => !Sentence.safeParse(text).success)).toEqual([])
  })

  test('names its columns once, old names included', () => {
    const all = columns
      .flatMap(([own, column]) => [own, ...(column.aliases ?? [])])
      .map((own) => own.toLowerCase())
    expect(all.filter((own, at) => all.indexOf(own) !== at)).toEqual([])
    expect(all.filter((own) => !/^[a-z][a-z0-9_]*$/.test(own))).toEqual([])
  })

  test('has examples that run on a machine', () => {
    expect(table.examples.length).toBeGreaterThan(0)
    for (const sql of table.examples) {
      fixture.all(sql)
      expect(
        fixture.lastWarnings.filter((warning) => warning.code === 'required_column'),
        sql,
      ).toEqual([])
    }
  })
})

const osquery = osqueryOnLinux()
const left = leftOut()

test.each(tables.filter(({ name }) => osquery[name]).map((table) => [table.name, table] as const))(
  '%s has the columns of osquery: their types, their order, and the constraints that they hear',
  (_name, table) => {
    expect(disagreements(table, osquery, left)).toEqual([])
  },
)

test('what is left out exists in osquery', () => {
  expect(Object.keys(left.tables).filter((name) => !osquery[name])).toEqual([])
  const columns = Object.entries(osquery).flatMap(([table, all]) =>
    Object.keys(all).map((name) => `${table}.${name}`),
  )
  expect(Object.keys(left.columns).filter((name) => !columns.includes(name))).toEqual([])
})

test('a difference from osquery is found', () => {
  const table = defineTable({
    name: 'example',
    description: 'A table.',
    platforms: ['linux'],
    columns: { b: column.text('B.'), a: column.integer('A.'), d: column.text('D.', { index: true }) },
    examples: [],
    rows: () => [],
  }) as unknown as Table
  const example = { a: 'text', b: 'text index', c: 'text', d: 'text required', e: 'text' }
  expect(disagreements(table, { example }, { tables: {}, columns: { 'example.e': 'A reason.' } })).toEqual([
    'a is integer and should be text.',
    'b stands too early.',
    'b hears no constraint.',
    'c is missing.',
    'd is not required.',
  ])
})
