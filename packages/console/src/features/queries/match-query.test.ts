import { expect, test } from 'vitest'
import { matchQuery } from './match-query.ts'

const query = {
  name: 'Processes with an open network connection',
  code: 'network.open_connections',
  description: 'Lists every process that is talking to another machine.',
  categories: [{ id: '1', name: 'Network', code: 'network' }],
  attack: ['T1071'],
  template: 'SELECT pid FROM process_open_sockets',
}

test.each(['', '  ', 'talking MACHINE', 'connection open', 't1071', 'network.open'])(
  '%j finds it',
  (search) => {
    expect(matchQuery(query, search, false)).toBe(true)
  },
)

test('every word must occur', () => {
  expect(matchQuery(query, 'open usb', false)).toBe(false)
})

test('the SQL is searched in designer mode alone', () => {
  expect(matchQuery(query, 'process_open_sockets', false)).toBe(false)
  expect(matchQuery(query, 'process_open_sockets', true)).toBe(true)
})
