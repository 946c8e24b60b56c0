import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './md_personalities.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows the kinds of RAID', () => {
  expect(fixture.all('SELECT name FROM md_personalities')).toEqual(
    ['raid1', 'raid6', 'raid5', 'raid4'].map((name) => ({ name })),
  )
})
