import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Sentence } from '@quarry/schema'
import { afterAll, describe, expect, test } from 'vitest'
import { openFixture } from './fixture.ts'
import { leftOut } from './left-out.ts'
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

interface SchemaColumn {
  name: string
  type: string
  hidden?: boolean
  index?: boolean
  required?: boolean
  additional?: boolean
}
interface SchemaTable {
  platforms: string[]
  columns: SchemaColumn[]
  extended?: Record<string, SchemaColumn[]>
}

const schemaPath = new URL('../../../../shared/data/osquery-schema.json', import.meta.url)
const hasSchema = existsSync(schemaPath)
const schema: Record<string, SchemaTable> = hasSchema ? JSON.parse(readFileSync(schemaPath, 'utf8')) : {}
const known = tables.filter((table) => schema[table.name])

const { columns: leftOutColumns } = leftOut()

/** What osquery has on Linux: the columns of every platform, then those of Linux. */
const onLinux = (table: SchemaTable) => [
  ...table.columns,
  ...Object.entries(table.extended ?? {}).flatMap(([platforms, columns]) =>
    platforms.includes('linux') ? columns : [],
  ),
]

describe.skipIf(!hasSchema)('osquery’s schema (skipped where ../shared is absent)', () => {
  test('knows most of our tables', () => {
    expect(known.length).toBeGreaterThan(10)
  })

  test.each(known.map((table) => [table.name, table] as const))(
    '%s has the columns of osquery, their types and their order',
    (name, table) => {
      const expected = onLinux(schema[name]!).filter((column) => !leftOutColumns[`${name}.${column.name}`])
      const ours = Object.entries(table.columns).filter(([own]) =>
        expected.some((column) => column.name === own),
      )
      expect(ours.map(([own, column]) => `${own} ${column.type}`)).toEqual(
        expected.map((column) => `${column.name} ${column.type}`),
      )
    },
  )

  test.each(known.map((table) => [table.name, table] as const))(
    '%s is asked by the columns that osquery is asked by',
    (name, table) => {
      const asked = onLinux(schema[name]!).filter(
        (column) => column.index || column.required || column.additional,
      )
      const deaf = asked.filter(({ name: own }) => {
        const column = table.columns[own]
        return column && !(column.index || column.required || column.additional)
      })
      expect(deaf.map((column) => column.name)).toEqual([])
      const needed = asked.filter(
        (column) => column.required && table.columns[column.name]?.required !== true,
      )
      expect(needed.map((column) => column.name)).toEqual([])
    },
  )

  test('what is left out exists', () => {
    const all = known.flatMap((table) =>
      onLinux(schema[table.name]!).map((column) => `${table.name}.${column.name}`),
    )
    expect(Object.keys(leftOutColumns).filter((column) => !all.includes(column))).toEqual([])
  })
})
