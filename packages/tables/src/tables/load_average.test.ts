import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './load_average.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows three means with six decimals', () => {
  expect(fixture.all('SELECT * FROM load_average')).toEqual([
    { period: '1m', average: '0.520000' },
    { period: '5m', average: '1.080000' },
    { period: '15m', average: '0.900000' },
  ])
})
