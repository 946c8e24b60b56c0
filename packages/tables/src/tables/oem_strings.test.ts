import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './oem_strings.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows the maker’s texts', () => {
  expect(fixture.all('SELECT * FROM oem_strings')).toEqual([
    { handle: '0x0B00', number: 1, value: 'Dell System' },
    { handle: '0x0B00', number: 2, value: '5[0000]' },
  ])
})
