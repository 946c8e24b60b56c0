import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './intel_me_info.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows the firmware that runs', () => {
  expect(fixture.all('SELECT * FROM intel_me_info')).toEqual([{ version: '12.0.70.1652' }])
})
