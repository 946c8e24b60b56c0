import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { start } from '../testing/tools.ts'
import table from './process_open_files.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows the files of the web server, deleted ones too, and no sockets', () => {
  expect(fixture.all('SELECT * FROM process_open_files WHERE pid = 733')).toEqual([
    { pid: 733, fd: 0, path: '/dev/null' },
    { pid: 733, fd: 4, path: '/var/log/nginx/error.log' },
    { pid: 733, fd: 5, path: '/var/log/nginx/access.log' },
    { pid: 733, fd: 13, path: '/var/lib/nginx/body/0000000412 (deleted)' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
  expect(emptyColumns(machine, table)).toEqual([])
})

test('sees a file that another process holds open, and that it was deleted', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'quarry-open-')), 'held open')
  await using holder = await start('/bin/sh', ['-c', 'exec 7>"$0"; echo ready; read line', path])
  const query = `SELECT path FROM process_open_files WHERE pid = ${holder.pid} AND fd = 7`
  expect(machine.all(query)).toEqual([{ path }])
  rmSync(dirname(path), { recursive: true })
  expect(machine.all(query)).toEqual([{ path: `${path} (deleted)` }])
})
