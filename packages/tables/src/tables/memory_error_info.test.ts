import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_error_info.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows that there was no error', () => {
  expect(fixture.all('SELECT * FROM memory_error_info')).toEqual([
    {
      handle: '0x1200',
      error_type: 'OK',
      error_granularity: 'Unknown',
      error_operation: 'Unknown',
      vendor_syndrome: '0x00000000',
      memory_array_error_address: '0x80000000',
      device_error_address: '0x80000000',
      error_resolution: '0x80000000',
    },
  ])
})
