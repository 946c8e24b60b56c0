import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_devices.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows a module and an empty slot', () => {
  expect(fixture.all('SELECT * FROM memory_devices')).toEqual([
    {
      handle: '0x1100',
      array_handle: '0x1000',
      form_factor: 'DIMM',
      total_width: 72,
      data_width: 64,
      size: 32768,
      set: 1,
      device_locator: 'A1',
      bank_locator: 'NODE 0',
      memory_type: 'DDR4',
      memory_type_details: 'Synchronous Registered',
      max_speed: 3200,
      configured_clock_speed: 2400,
      manufacturer: '00AD063200AD',
      serial_number: '2F3B1A77',
      asset_tag: '012137B1',
      part_number: 'HMA84GR7CJR4N-XN',
      min_voltage: 1200,
      max_voltage: 1200,
      configured_voltage: 1200,
    },
    expect.objectContaining({
      handle: '0x1101',
      total_width: null,
      size: 0,
      device_locator: 'A2',
      memory_type: 'Unknown',
      max_speed: null,
      manufacturer: '',
    }),
  ])
})
