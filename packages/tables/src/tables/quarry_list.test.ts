import { renderTemplate } from '@quarry/sql'
import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import hash from './hash.ts'
import processes from './processes.ts'
import quarryList from './quarry_list.ts'

const fixture = await openFixture([quarryList, processes, hash])

/** Rows of a template whose variable x is a list. */
const rows = (template: string, values: string[], dataType: 'text' | 'integer' = 'text') =>
  fixture.all(renderTemplate(template, [], [{ name: 'x', values, dataType }]), { x: values })

test('holds the lists of the statement, and nothing without one', () => {
  expect(fixture.all('SELECT * FROM quarry_list', { a: ['1', '2'], b: ['3'] })).toEqual([
    { list: 'a', value: '1' },
    { list: 'a', value: '2' },
    { list: 'b', value: '3' },
  ])
  expect(fixture.all("SELECT * FROM quarry_list WHERE list = 'b'", { a: ['1'], b: ['3'] })).toHaveLength(1)
  expect(fixture.all('SELECT * FROM quarry_list')).toEqual([])
})

test('a value of the list is found, whatever it holds', () => {
  const template = "SELECT DISTINCT path FROM processes WHERE path = '$$x$$'"
  expect(rows(template, ['/usr/sbin/nginx', "'; DROP TABLE x --"])).toEqual([{ path: '/usr/sbin/nginx' }])
  expect(rows("SELECT DISTINCT name FROM processes WHERE path LIKE '%$$x$$'", ['/NGINX'])).toEqual([
    { name: 'nginx' },
  ])
  expect(rows('SELECT name FROM processes WHERE pid = $$x$$', ['733', '999999'], 'integer')).toHaveLength(1)
})

test('a table that needs a value gets those of the list', () => {
  const found = rows("SELECT path FROM hash WHERE path = '$$x$$'", [
    '/etc/hosts',
    '/etc/hostname',
    '/nowhere',
  ])
  expect(found.map((row) => row.path).sort()).toEqual(['/etc/hostname', '/etc/hosts'])
  expect(fixture.lastWarnings.filter(({ code }) => code === 'required_column')).toEqual([])
})

test('10,000 values are no trouble', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => `/nowhere/${index}`)
  const template = "SELECT DISTINCT path FROM processes WHERE path = '$$x$$'"
  expect(rows(template, [...values, '/usr/sbin/nginx'])).toEqual([{ path: '/usr/sbin/nginx' }])
  const inside = "SELECT DISTINCT path FROM processes WHERE path LIKE '%$$x$$%'"
  expect(rows(inside, [...values, 'nginx'])).toEqual([{ path: '/usr/sbin/nginx' }])
})
