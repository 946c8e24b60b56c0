import { expect, test } from 'vitest'
import { parseIpv6Routes, parseRoutes, routeType } from './routes.ts'

test('reads a host route by a gateway, with its mtu', () => {
  const text = 'Iface\tDestination\n' + 'eth1\t097100CB\t010200C0\t0007\t0\t0\t50\tFFFFFFFF\t1400\t0\t0   \n'
  expect(parseRoutes(text)).toEqual([
    {
      destination: '203.0.113.9',
      prefix: 32,
      gateway: '192.0.2.1',
      interface: 'eth1',
      flags: 7,
      mtu: 1400,
      metric: 50,
    },
  ])
})

test('leaves out the kernel’s end of an IPv6 table', () => {
  const zeros = '0'.repeat(32)
  expect(
    parseIpv6Routes(`${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo\n`),
  ).toEqual([])
})

test.each([
  [{ flags: 0x80200001, destination: '::1', prefix: 128 }, 'local'],
  [{ flags: 0x00300001, destination: '2001:db8::', prefix: 128 }, 'anycast'],
  [{ flags: 0x201, destination: '203.0.113.0', prefix: 24 }, 'other'],
  [{ flags: 1, destination: 'ff00::', prefix: 8 }, 'other'],
  [{ flags: 3, destination: '::', prefix: 0 }, 'gateway'],
])('tells what %o is for', (route, type) => {
  expect(routeType({ ...route, gateway: '', interface: 'eth0', mtu: 0, metric: 0 })).toBe(type)
})
