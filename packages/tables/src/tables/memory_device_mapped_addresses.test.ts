import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_device_mapped_addresses.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows a range beyond four tebibytes’ field by its long form', () => {
  expect(fixture.all('SELECT * FROM memory_device_mapped_addresses')).toEqual([
    {
      handle: '0x1400',
      memory_device_handle: '0x1100',
      memory_array_mapped_address_handle: '0x1300',
      starting_address: '0x100000000',
      ending_address: '0x8FFFFFFFF',
      partition_row_position: 1,
      interleave_position: 1,
      interleave_data_depth: 2,
    },
  ])
})
