import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_instances.ts'

const { engine, stub } = await openLxd(table)

test('shows instances, those that do not run too', () => {
  expect(engine.all('SELECT * FROM lxd_instances')).toEqual([
    {
      name: 'web',
      status: 'Running',
      stateful: 0,
      ephemeral: 0,
      created_at: '2026-11-02T09:00:00.5Z',
      base_image: '0931b693c877ef357b9e17b3195ae952a2450873923ffd2b34b60836ea730cfa',
      architecture: 'x86_64',
      os: 'Alpine',
      description: 'Alpine 3.20 amd64 (20261101_13:00)',
      pid: 2860,
      processes: 5,
    },
    {
      name: 'old one',
      status: 'Stopped',
      stateful: 1,
      ephemeral: 1,
      created_at: '2026-11-02T09:00:00.5Z',
      base_image: 'aa'.repeat(32),
      architecture: 'x86_64',
      os: null,
      description: 'Old',
      pid: 0,
      processes: 0,
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})

test('asks for the state of those alone that are asked for', async () => {
  const before = (await stub.asked()).length
  engine.all('SELECT name, status FROM lxd_instances')
  expect(engine.all("SELECT pid FROM lxd_instances WHERE name = 'web'")).toEqual([{ pid: 2860 }])
  expect((await stub.asked()).slice(before)).toEqual([
    'GET /1.0/instances?recursion=1',
    'GET /1.0/instances?recursion=1',
    'GET /1.0/instances/web/state',
  ])
})
