import { expect, test } from 'vitest'
import { parseQuerySearch } from './query-search.ts'

test('values, devices and waiting time are read back', () => {
  const search = { vars: { path: "/tmp/it's%" }, devices: { mode: 'match', online: true }, wait: 3600 }
  expect(parseQuerySearch(JSON.parse(JSON.stringify(search)))).toEqual(search)
})

test('a number or a boolean in a hand-written address is a value too', () => {
  expect(parseQuerySearch({ vars: { port: 22, deep: true, no: { x: 1 }, none: null } })).toEqual({
    vars: { port: '22', deep: 'true' },
  })
})

test('the defaults and what is out of bounds leave no trace', () => {
  expect(parseQuerySearch({ vars: [], devices: { mode: 'all' }, wait: 5 })).toEqual({})
  expect(parseQuerySearch({ wait: 1e9 })).toEqual({})
})
