import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './osquery_events.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('has no rows, as its description says', () => {
  expect(fixture.all('SELECT * FROM osquery_events')).toEqual([])
  expect(table.description).toContain('always empty')
})
