import { networkInterfaces } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { openHost } from '../host/open-host.ts'
import { addressesByProc } from '../net/proc-addresses.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './interface_addresses.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('puts the addresses together from /proc, and says what that cannot show', () => {
  const common = { broadcast: '', point_to_point: '', type: 'unknown' }
  expect(fixture.all('SELECT * FROM interface_addresses')).toEqual([
    { ...common, interface: 'lo', address: '127.0.0.1', mask: '255.0.0.0' },
    { ...common, interface: 'eth0', address: '192.0.2.10', mask: '255.255.255.0', broadcast: '192.0.2.255' },
    {
      ...common,
      interface: 'docker0',
      address: '198.51.100.129',
      mask: '255.255.255.128',
      broadcast: '198.51.100.255',
    },
    { ...common, interface: 'lo', address: '::1', mask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' },
    { ...common, interface: 'eth0', address: '2001:db8::10', mask: 'ffff:ffff:ffff:ffff::' },
    { ...common, interface: 'eth0', address: 'fe80::5eff:fe00:530a', mask: 'ffff:ffff:ffff:ffff::' },
  ])
  expect(fixture.lastWarnings).toEqual([
    { code: 'partial', message: 'Without the ip tool, addresses of interfaces that are down are left out.' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('agrees with Node.js about this machine', () => {
  const known = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map(({ address, netmask }) => ({ interface: name, address, mask: netmask })),
  )
  expect(machine.all('SELECT interface, address, mask FROM interface_addresses')).toEqual(
    expect.arrayContaining(known),
  )
})

test.skipIf(!hasTool('ip'))('agrees with the ip tool about broadcast addresses (skipped without it)', () => {
  const links = JSON.parse(output('ip', '-j', 'addr')) as {
    addr_info: { local: string; broadcast?: string }[]
  }[]
  const expected = links
    .flatMap((link) => link.addr_info)
    .map(({ local, broadcast }) => ({ address: local, broadcast: broadcast ?? '' }))
  expect(machine.all('SELECT address, broadcast FROM interface_addresses')).toEqual(expected)
})

test('what /proc tells of this machine is part of what the ip tool tells', () => {
  const rows = machine
    .all('SELECT interface, address FROM interface_addresses')
    .map((row) => `${row.interface} ${row.address}`)
  const found = addressesByProc(openHost()).map((one) => `${one.interface} ${one.address}`)
  expect(found).toContain('lo 127.0.0.1')
  expect(rows).toEqual(expect.arrayContaining(found))
})
