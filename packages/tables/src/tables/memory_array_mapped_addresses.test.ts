import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_array_mapped_addresses.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows a range in bytes', () => {
  expect(fixture.all('SELECT * FROM memory_array_mapped_addresses')).toEqual([
    {
      handle: '0x1300',
      memory_array_handle: '0x1000',
      starting_address: '0x00000000',
      ending_address: '0x7FFFFFFFF',
      partition_width: 2,
    },
  ])
})
