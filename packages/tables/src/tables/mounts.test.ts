import { statfsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import mounts from './mounts.ts'

const fixture = await openFixture([mounts])

test('reads mounts, undoes the kernel’s escapes and follows the device’s symlinks', () => {
  expect(fixture.all('SELECT device, device_alias, path, type, flags FROM mounts LIMIT 3 OFFSET 1')).toEqual([
    {
      device: '/dev/disk/by-uuid/5d2f3c1e-0a0b-4c0d-8e0f-000000000001',
      device_alias: '/dev/sda1',
      path: '/',
      type: 'ext4',
      flags: 'rw,relatime,errors=remount-ro',
    },
    {
      device: 'tmpfs',
      device_alias: 'tmpfs',
      path: '/run',
      type: 'tmpfs',
      flags: 'rw,nosuid,nodev,size=1633680k,mode=755',
    },
    {
      device: '/dev/sdb1',
      device_alias: '/dev/sdb1',
      path: '/mnt/Old backups',
      type: 'ext4',
      flags: 'ro,nosuid,relatime',
    },
  ])
})

test('a mount whose folder cannot be asked has no sizes', () => {
  expect(fixture.all("SELECT blocks, inodes FROM mounts WHERE path LIKE '/mnt/%'")).toEqual([
    { blocks: null, inodes: null },
  ])
})

test('has the sizes of the root file system', async () => {
  const machine = await openMachine([mounts])
  const space = statfsSync('/')
  const [row] = machine.all(
    "SELECT blocks_size, blocks, inodes, blocks_free, blocks_available, inodes_free FROM mounts WHERE path = '/' LIMIT 1",
  )
  expect(row).toMatchObject({ blocks_size: space.bsize, blocks: space.blocks, inodes: space.files })
  expect(Number(row?.blocks_free)).toBeLessThanOrEqual(space.blocks)
  expect(Number(row?.blocks_available)).toBeLessThanOrEqual(Number(row?.blocks_free))
  expect(Number(row?.inodes_free)).toBeLessThanOrEqual(space.files)
  machine.close()
})

const findmnt = printed('findmnt', '-J', '-l', '-o', 'TARGET,FSTYPE')
test.skipIf(!findmnt)('agrees with findmnt (skipped where there is none)', async () => {
  const machine = await openMachine([mounts])
  const rows = machine.all('SELECT path AS target, type AS fstype FROM mounts')
  expect(rows).toEqual(JSON.parse(findmnt ?? '{}').filesystems)
  machine.close()
})
