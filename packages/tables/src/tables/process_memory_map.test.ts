import { statSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './process_memory_map.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows the regions of a process: its program, heap and anonymous memory', () => {
  const rows = fixture.all('SELECT * FROM process_memory_map WHERE pid = 733')
  expect(rows).toHaveLength(6)
  expect(rows[1]).toEqual({
    pid: 733,
    start: '0x55e0a4a2f000',
    end: '0x55e0a4b10000',
    permissions: 'r-xp',
    offset: 0x2f000,
    device: '08:01',
    inode: 131702,
    path: '/usr/sbin/nginx',
    pseudo: 0,
  })
  expect(rows.slice(2, 4).map(({ path, pseudo }) => [path, pseudo])).toEqual([
    ['[heap]', 1],
    ['', 0],
  ])
})

test('finds memory that can be written and run', () => {
  expect(fixture.all("SELECT pid FROM process_memory_map WHERE permissions LIKE 'rwx%'")).toEqual([
    { pid: 1310 },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('agrees with /proc about our own program', () => {
  const inode = statSync('/proc/self/exe').ino
  const query = `SELECT DISTINCT path, inode FROM process_memory_map WHERE pid = ${process.pid} AND path = '${process.execPath}'`
  expect(machine.all(query)).toEqual([{ path: process.execPath, inode }])
})
