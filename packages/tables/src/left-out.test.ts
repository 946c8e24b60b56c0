import { Sentence } from '@quarry/schema'
import { expect, test } from 'vitest'
import { openFixture } from './fixture.ts'
import { leftOut } from './left-out.ts'
import { allTables } from './registry.ts'

const { tables, columns } = leftOut()

test('every reason is a sentence', () => {
  const reasons = [...Object.values(tables), ...Object.values(columns)]
  expect(reasons.filter((reason) => !Sentence.safeParse(reason).success)).toEqual([])
})

test('nothing that exists is called left out', async () => {
  const names = (await allTables()).flatMap((table) => [table.name, ...(table.aliases ?? [])])
  expect(names.filter((name) => tables[name])).toEqual([])
})

test('a query that names one is told the reason', async () => {
  const engine = await openFixture([])
  expect(() => engine.all('SELECT * FROM Carves')).toThrow(
    `Table carves of osquery is left out: ${tables.carves}`,
  )
  expect(() => engine.all('SELECT * FROM main.example;')).toThrow(
    'Table example of osquery is left out: It is',
  )
  engine.close()
})
