import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './interface_details.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows an interface, every column', () => {
  expect(fixture.all("SELECT * FROM interface_details WHERE interface = 'eth0'")).toEqual([
    {
      interface: 'eth0',
      mac: '02:00:5e:00:53:0a',
      type: 1,
      mtu: 1500,
      metric: 0,
      flags: 0x1043,
      ipackets: 918273,
      opackets: 645123,
      ibytes: 1203948576,
      obytes: 8589934592123,
      ierrors: 0,
      oerrors: 0,
      idrops: 12,
      odrops: 0,
      collisions: 0,
      last_change: -1,
      link_speed: 1000,
      pci_slot: '0000:00:03.0',
    },
  ])
})

test('one without a carrier is not running, a virtual one has no speed, a file beside them is no interface', () => {
  expect(fixture.all('SELECT interface, flags, link_speed, pci_slot FROM interface_details')).toEqual([
    { interface: 'docker0', flags: 0x1003, link_speed: null, pci_slot: '' },
    { interface: 'eth0', flags: 0x1043, link_speed: 1000, pci_slot: '0000:00:03.0' },
    { interface: 'lo', flags: 0x49, link_speed: null, pci_slot: '' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test.skipIf(!hasTool('ip'))('agrees with the ip tool (skipped without it)', () => {
  const links = JSON.parse(output('ip', '-j', 'link')) as {
    ifname: string
    mtu: number
    address?: string
    flags: string[]
  }[]
  const expected = links.map(({ ifname, mtu, address, flags }) => ({
    interface: ifname,
    mtu,
    mac: address ?? '',
    up: flags.includes('UP') ? 1 : 0,
    loopback: flags.includes('LOOPBACK') ? 1 : 0,
  }))
  const rows = machine.all(
    'SELECT interface, mtu, mac, flags & 1 AS up, (flags & 8) / 8 AS loopback FROM interface_details',
  )
  expect(rows).toHaveLength(expected.length)
  expect(rows).toEqual(expect.arrayContaining(expected))
})
