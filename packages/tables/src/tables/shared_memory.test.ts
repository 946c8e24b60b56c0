import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './shared_memory.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows segments', () => {
  expect(fixture.all('SELECT * FROM shared_memory')).toEqual([
    {
      shmid: 32768,
      owner_uid: 1000,
      creator_uid: 1001,
      pid: 1310,
      creator_pid: 1204,
      atime: 1795462000,
      dtime: 1795463000,
      ctime: 1795461990,
      permissions: '0600',
      size: 67108864,
      attached: 2,
      status: 'dest',
      locked: 0,
    },
    expect.objectContaining({ shmid: 1, permissions: '0644', size: 65536, status: '', locked: 1 }),
  ])
})
