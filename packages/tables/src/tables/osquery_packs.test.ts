import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './osquery_packs.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('has no rows, as its description says', () => {
  expect(fixture.all('SELECT * FROM osquery_packs')).toEqual([])
  expect(table.description).toContain('always empty')
})
