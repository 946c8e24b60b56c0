import { expect, test } from 'vitest'
import { addressKind } from './address.ts'

test.each([
  ['8.8.8.8', 'public'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.255.255', 'private'],
  ['100.64.0.9', 'private'],
  ['127.8.0.1', 'loopback'],
  ['169.254.1.1', 'link-local'],
  ['203.0.113.9', 'documentation'],
  ['224.0.0.251', 'multicast'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['fe80::1%eth0', 'link-local'],
  ['fd12:3456::1', 'private'],
  ['ff02::fb', 'multicast'],
  ['2001:db8::5', 'documentation'],
  ['2606:4700:4700::1111', 'public'],
  ['2001:4860:4860:0:0:0:0:8888', 'public'],
  ['::ffff:10.0.0.1', 'private'],
  ['64:ff9b::8.8.8.8', 'public'],
])('%s is %s', (text, kind) => {
  expect(addressKind(text)).toBe(kind)
})

test.each([
  '',
  '*',
  '1.2.3',
  '256.1.1.1',
  '1:2',
  ':::',
  '1::2::3',
  'g::1',
  '1:2:3:4:5:6:7:8:9',
  '::1.2.3.999',
  'host.example',
])('%j is no address', (text) => {
  expect(addressKind(text)).toBeUndefined()
})
