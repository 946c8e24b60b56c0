import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './interface_ipv6.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('shows the settings of interfaces', () => {
  expect(fixture.all("SELECT * FROM interface_ipv6 WHERE interface IN ('all', 'eth0')")).toEqual([
    { interface: 'all', hop_limit: 64, forwarding_enabled: 0, redirect_accept: 1, rtadv_accept: 1 },
    { interface: 'eth0', hop_limit: 64, forwarding_enabled: 1, redirect_accept: 0, rtadv_accept: 2 },
  ])
})
