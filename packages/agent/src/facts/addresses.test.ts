import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { addresses } from './addresses.ts'

const entry = (address: string, mac: string, internal = false): NetworkInterfaceInfo =>
  ({ address, mac, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo

test('lists each address once, without loopback', () => {
  const found = addresses({
    lo: [entry('127.0.0.1', '00:00:00:00:00:00', true), entry('::1', '00:00:00:00:00:00', true)],
    eth0: [entry('10.0.0.5', '02:42:0a:00:00:05'), entry('fe80::42', '02:42:0a:00:00:05')],
    tun0: [entry('10.8.0.2', '00:00:00:00:00:00')],
  })
  expect(found).toEqual({
    ipv4Addresses: ['10.0.0.5', '10.8.0.2'],
    ipv6Addresses: ['fe80::42'],
    macAddresses: ['02:42:0a:00:00:05'],
  })
})
