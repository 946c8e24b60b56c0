import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './md_drives.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows drives with their places and states', () => {
  expect(fixture.all("SELECT * FROM md_drives WHERE md_device_name = 'md1' OR slot = 1")).toEqual([
    { md_device_name: 'md1', drive_name: '/dev/sdd1', slot: 2, state: 'spare' },
    { md_device_name: 'md1', drive_name: '/dev/sdc1', slot: 1, state: 'active' },
    { md_device_name: 'md1', drive_name: '/dev/sdb1', slot: 0, state: 'active' },
    { md_device_name: 'md1', drive_name: '/dev/sde1', slot: -1, state: 'faulty' },
    { md_device_name: 'md1', drive_name: '/dev/sdf1', slot: -1, state: 'spare' },
    { md_device_name: 'md0', drive_name: '/dev/sdg2', slot: 1, state: 'active,write-mostly' },
  ])
})
