import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { allJournals } from '@quarry/schema/journals'
import { afterAll, describe, expect, test } from 'vitest'
import { allJournalTables } from '../all-tables.ts'
import { activityViews } from './read/activity-views.ts'
import { derivedColumns } from './read/derived-columns.ts'
import { openJournals } from './testing/open-journals.ts'

const tables = await allJournalTables()
const journals = await allJournals()
const opened = await openJournals()
afterAll(() => opened[Symbol.dispose]())

test('there is a table for each journal, and one for each file', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^[a-z0-9_]+\.ts$/.test(name))
  expect(tables.map(({ name }) => name)).toEqual([
    ...journals.map(({ table }) => table),
    ...files.map((name) => name.slice(0, -3)),
  ])
  expect(journals.length).toBeGreaterThan(10)
})

test('every column that is not kept can be worked out', () => {
  const open = journals.flatMap(({ columns }) =>
    Object.entries(columns).flatMap(([name, { kept }]) =>
      kept === undefined && !derivedColumns[name] ? [name] : [],
    ),
  )
  expect(open).toEqual(['end_time'])
})

test('every journal is part of the activity, by columns that it has', () => {
  expect(new Set(activityViews.map(({ journal }) => journal))).toEqual(
    new Set(journals.map(({ subject }) => subject)),
  )
  for (const { journal: subject, columns } of activityViews) {
    const journal = journals.find((one) => one.subject === subject)!
    expect(Object.values(columns).filter((name) => journal.columns[name]?.kept === undefined)).toEqual([])
  }
})

describe.each(tables.map((table) => [table.name, table] as const))('%s', (_name, table) => {
  const columns = Object.entries(table.columns)

  test('is documented in sentences, and names its columns once', () => {
    for (const text of [table.description, ...columns.map(([, column]) => column.description)])
      expect(text).toMatch(/^[A-Z0-9`“][\s\S]*\.$/)
    const all = columns
      .flatMap(([own, { aliases = [] }]) => [own, ...aliases])
      .map((own) => own.toLowerCase())
    expect(all.filter((own, at) => all.indexOf(own) !== at)).toEqual([])
  })

  test('has examples that run', () => {
    expect(table.examples.length).toBeGreaterThan(0)
    for (const sql of table.examples) {
      opened.all(sql)
      expect(opened.codes(), sql).toEqual([])
    }
  })
})

interface SchemaColumn {
  name: string
  type: string
}
const schemaPath = new URL('../../../../../shared/data/osquery-schema.json', import.meta.url)
const hasSchema = existsSync(schemaPath)
const schema: Record<string, { columns: SchemaColumn[]; extended?: Record<string, SchemaColumn[]> }> =
  hasSchema ? JSON.parse(readFileSync(schemaPath, 'utf8')) : {}
const known = tables.filter(({ name }) => schema[name])

describe.skipIf(!hasSchema)('osquery’s schema (skipped where ../shared is absent)', () => {
  test('knows the tables of events', () => {
    expect(known.length).toBeGreaterThanOrEqual(5)
  })

  test.each(known.map((table) => [table.name, table] as const))(
    '%s has its columns, their types and order',
    (name, table) => {
      const { columns, extended = {} } = schema[name]!
      const linux = Object.entries(extended).flatMap(([where, more]) => (where.includes('linux') ? more : []))
      const theirs = [...columns, ...linux].map((column) => `${column.name} ${column.type}`)
      const ours = Object.entries(table.columns).map(([own, { type }]) => `${own} ${type}`)
      expect(ours.slice(0, theirs.length)).toEqual(theirs)
    },
  )
})
