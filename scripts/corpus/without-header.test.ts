import { expect, test } from 'vitest'
import { withoutHeader } from './without-header.ts'

test('takes the lines above a query away and leaves the query', () => {
  const query = "-- a comment\nSELECT '# no header' AS a\n# nor this"
  expect(withoutHeader(`\uFEFF##### POST #####\r\n\nhttps://example.com/a-b\n###\n${query}`)).toBe(query)
  expect(withoutHeader(query)).toBe(query)
  expect(withoutHeader('# nothing\n')).toBe('')
})
