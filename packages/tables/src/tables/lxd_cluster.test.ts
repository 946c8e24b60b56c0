import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './lxd_cluster.ts'

const { engine } = await openLxd(table)

test('shows a row for each setting', () => {
  const same = { server_name: 'node1', enabled: 1 }
  expect(engine.all('SELECT * FROM lxd_cluster')).toEqual([
    {
      ...same,
      member_config_entity: 'storage-pool',
      member_config_name: 'local',
      member_config_key: 'source',
      member_config_value: '',
      member_config_description: '"source" property for storage pool "local"',
    },
    {
      ...same,
      member_config_entity: 'network',
      member_config_name: 'lxdbr0',
      member_config_key: 'parent',
      member_config_value: 'eth1',
      member_config_description: '"parent" property for network "lxdbr0"',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})

test('a machine without a cluster has one row', async () => {
  const metadata = { server_name: '', enabled: false, member_config: [] }
  const { engine: alone } = await openLxd(table, { 'GET /1.0/cluster': { body: { metadata } } })
  expect(alone.all('SELECT enabled, server_name, member_config_key FROM lxd_cluster')).toEqual([
    { enabled: 0, server_name: '', member_config_key: null },
  ])
})

test('a machine without LXD has none', async () => {
  const bare = await openRoot([table], {})
  expect(bare.all('SELECT * FROM lxd_cluster')).toEqual([])
  expect(bare.lastWarnings).toEqual([])
  bare.close()
})
