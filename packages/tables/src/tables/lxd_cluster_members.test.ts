import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_cluster_members.ts'

const { engine } = await openLxd(table)

test('shows the members', () => {
  expect(engine.all('SELECT * FROM lxd_cluster_members')).toEqual([
    {
      server_name: 'node1',
      url: 'https://192.0.2.1:8443',
      database: 1,
      status: 'Online',
      message: 'Fully operational',
    },
    {
      server_name: 'node2',
      url: 'https://192.0.2.2:8443',
      database: 0,
      status: 'Offline',
      message: 'No heartbeat for 5m0s',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})

test('does not ask for them where there is no cluster', async () => {
  const { engine: alone, stub } = await openLxd(table, {
    'GET /1.0/cluster': { body: { metadata: { server_name: '', enabled: false } } },
  })
  expect(alone.all('SELECT * FROM lxd_cluster_members')).toEqual([])
  expect(await stub.asked()).toEqual(['GET /1.0/cluster'])
  expect(alone.lastWarnings).toEqual([])
})
