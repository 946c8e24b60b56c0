import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './memory_map.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows regions in the order of the kernel', () => {
  expect(fixture.all('SELECT * FROM memory_map')).toEqual([
    { name: 'System RAM', start: '0x0', end: '0x9fbff' },
    { name: 'Reserved', start: '0x9fc00', end: '0x9ffff' },
    { name: 'System RAM', start: '0x100000', end: '0x3ffdffff' },
  ])
})
