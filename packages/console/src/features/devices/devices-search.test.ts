import { expect, test } from 'vitest'
import { parseDevices } from './devices-search.ts'

test('conditions, order and page are read back', () => {
  const search = { search: 'web', platform: 'linux', online: true, sort: 'lastSeenAt:desc', page: 2 }
  expect(parseDevices(JSON.parse(JSON.stringify(search)))).toEqual(search)
})

test('a search for a number stays a search, what is not known is dropped', () => {
  expect(parseDevices({ search: 10, platform: 'amiga', online: 'perhaps', sort: 'size', page: 0 })).toEqual({
    search: '10',
  })
})
