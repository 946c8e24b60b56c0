import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_storage_pools.ts'

const { engine } = await openLxd(table)

test('shows pools and how full they are', () => {
  expect(engine.all('SELECT * FROM lxd_storage_pools')).toEqual([
    {
      name: 'local',
      driver: 'btrfs',
      source: '/var/snap/lxd/common/lxd/disks/local.img',
      size: '30GiB',
      space_used: 1693552640,
      space_total: 21003583488,
      inodes_used: 7,
      inodes_total: 20000,
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})
