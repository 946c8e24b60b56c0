import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './secureboot.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('reads the variables of UEFI', () => {
  expect(fixture.all('SELECT * FROM secureboot')).toEqual([{ secure_boot: 1, setup_mode: 0 }])
})
