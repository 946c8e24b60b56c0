import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_instance_devices.ts'

const { engine } = await openLxd(table)

test('shows devices, those of profiles too', () => {
  expect(engine.all("SELECT * FROM lxd_instance_devices WHERE name IN ('web', 'old one')")).toEqual([
    { name: 'web', device: 'data', device_type: 'disk', key: 'source', value: '/srv/data' },
    { name: 'web', device: 'data', device_type: 'disk', key: 'path', value: '/data' },
    { name: 'web', device: 'eth0', device_type: 'nic', key: 'name', value: 'eth0' },
    { name: 'web', device: 'eth0', device_type: 'nic', key: 'network', value: 'lxdbr0' },
  ])
  expect(emptyColumns(engine, table, "lxd_instance_devices WHERE name = 'web'")).toEqual([])
})
