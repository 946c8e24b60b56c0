import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './md_devices.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows an array that recovers', () => {
  expect(fixture.all("SELECT * FROM md_devices WHERE device_name = 'md1'")).toEqual([
    {
      device_name: 'md1',
      status: 'active',
      raid_level: 5,
      size: 1000068349952,
      chunk_size: 524288,
      raid_disks: 3,
      nr_raid_disks: 5,
      working_disks: 4,
      active_disks: 2,
      failed_disks: 1,
      spare_disks: 2,
      superblock_state: 'dirty',
      superblock_version: '1.2',
      superblock_update_time: null,
      bitmap_on_mem: '2/8 pages [8KB]',
      bitmap_chunk_size: '65536KB',
      bitmap_external_file: '',
      recovery_progress: '12.6% (123064320/976629248)',
      recovery_finish: '127.5min',
      recovery_speed: '111440K/sec',
      resync_progress: null,
      resync_finish: null,
      resync_speed: null,
      reshape_progress: null,
      reshape_finish: null,
      reshape_speed: null,
      check_array_progress: null,
      check_array_finish: null,
      check_array_speed: null,
      unused_devices: 'sdh1',
      other: '1953258496 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [UU_]',
    },
  ])
})

test('shows a quiet one', () => {
  expect(
    fixture.all(
      "SELECT status, raid_level, raid_disks, active_disks, superblock_state FROM md_devices WHERE device_name = 'md0'",
    ),
  ).toEqual([{ status: 'clean', raid_level: 1, raid_disks: 2, active_disks: 2, superblock_state: 'clean' }])
})
