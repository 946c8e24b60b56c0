import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './platform_info.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows the firmware', () => {
  expect(fixture.all('SELECT * FROM platform_info')).toEqual([
    {
      vendor: 'Dell Inc.',
      version: '2.14.2',
      date: '03/10/2023',
      revision: '2.14',
      extra: '',
      firmware_type: 'uefi',
      address: '0x000E0000',
      size: '131072',
      volume_size: 8388608,
    },
  ])
})
