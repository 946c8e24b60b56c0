import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_arrays.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows an array', () => {
  expect(fixture.all('SELECT * FROM memory_arrays')).toEqual([
    {
      handle: '0x1000',
      location: 'System board or motherboard',
      use: 'System memory',
      memory_error_correction: 'Multi-bit ECC',
      max_capacity: 3072,
      memory_error_info_handle: '0xFFFE',
      number_memory_devices: 12,
    },
  ])
})
