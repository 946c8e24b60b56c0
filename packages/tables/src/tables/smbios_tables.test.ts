import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './smbios_tables.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows the structures of the firmware', () => {
  expect(fixture.all('SELECT * FROM smbios_tables WHERE type IN (0, 127)')).toEqual([
    {
      number: 0,
      type: 0,
      description: 'BIOS Information',
      handle: 0,
      header_size: 26,
      size: 55,
      md5: 'b94c1c614853aca324aef707b5b86d83',
    },
    expect.objectContaining({ number: 10, type: 127, description: 'End-of-Table', handle: 0x7f00, size: 6 }),
  ])
})
