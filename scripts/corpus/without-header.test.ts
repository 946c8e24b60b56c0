import { expect, test } from 'vitest'
import { withoutHeader } from './without-header.ts'

test('takes the lines above a query away and leaves the query', () => {
  const query = "-- a comment\nSELECT '# no header' AS a\n# nor this"
  expect(withoutHeader(`\uFEFF##### POST #####\r\n\nhttps://example.com/a-b\n###\n${query}`)).toBe(query)
  expect(withoutHeader(query)).toBe(query)
  expect(withoutHeader('# nothing\n')).toBe('')
})

test('takes a whole box away, whatever is written in it', () => {
  const query = 'SELECT 1'
  expect(withoutHeader(`##### POST #####\n\nLink\nA query | of logins\n\n############ \n\n${query}`)).toBe(
    query,
  )
  expect(withoutHeader(`##### POST #####\n\n${query}\n# no end of the box`)).toBe(
    `${query}\n# no end of the box`,
  )
})

test('takes a comment away whose marks are the wrong way round', () => {
  expect(withoutHeader('*/ POST:\nhttps://example.com\n/*\n\nSELECT 1')).toBe('SELECT 1')
  expect(withoutHeader('/* right */\nSELECT 1')).toBe('/* right */\nSELECT 1')
})
