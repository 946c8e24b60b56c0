import { expect, test } from 'vitest'
import { allowedAddress } from './allowed-address.ts'

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '100.64.0.1',
  '198.18.0.1',
  '::1',
  'fd12::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '::10.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:7f00:1::',
  '2001::1',
])('%s is inside: only for a connector that allows it', (address) => {
  expect(allowedAddress(address, false)).toBe(false)
})

test.each(['127.0.0.1', '10.0.0.1', '::1', 'fd12::1', '::ffff:127.0.0.1'])('%s may be allowed', (address) => {
  expect(allowedAddress(address, true)).toBe(true)
})

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  'fe80::1',
  'fd00:ec2::254',
  '0.0.0.0',
  '::',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'localhost',
  '',
])('%s is never a service', (address) => {
  expect(allowedAddress(address, true)).toBe(false)
})

test.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8', '2002:808:808::1'])(
  '%s is',
  (address) => {
    expect(allowedAddress(address, false)).toBe(true)
  },
)
