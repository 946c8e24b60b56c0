import { expect, test } from 'vitest'
import { parseRunSearch } from './run-search.ts'

test('keeps all that it knows', () => {
  const search = {
    tab: 'devices',
    q: 'nginx',
    sort: ['remote_port:desc', 'path:asc'],
    filter: [{ column: 'local_port', op: 'in', value: [443, 80] }],
    group: 'path',
    order: 'common',
    columns: ['^epName', '-sha256', '=path'],
    row: 12,
    match: 'finished:failed',
    by: 'hostname:desc',
    full: true,
  }
  expect(parseRunSearch(search)).toEqual(search)
})

test('drops what it cannot read, and keeps the rest', () => {
  expect(
    parseRunSearch({
      tab: 'chart',
      q: 443,
      sort: ['path'],
      filter: [{ column: 'a', op: 'like', value: 1 }],
      columns: [],
      row: -1,
      designer: true,
    }),
  ).toEqual({ q: '443' })
})
