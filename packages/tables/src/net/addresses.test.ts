import { expect, test } from 'vitest'
import { ipv4Mask, ipv4Text, ipv6Mask, ipv6Text, ipv6WordsText } from './addresses.ts'

test.each([
  ['0100007F', '127.0.0.1'],
  ['097100CB', '203.0.113.9'],
  ['00000000', '0.0.0.0'],
  ['FFFFFFFF', '255.255.255.255'],
])('writes %s as %s', (hex, text) => {
  expect(ipv4Text(hex)).toBe(text)
})

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['B80D0120000000000000000010000000', '2001:db8::10'],
  ['0000000000000000FFFF00000A0200C0', '::ffff:192.0.2.10'],
])('writes the words %s as %s', (hex, text) => {
  expect(ipv6WordsText(hex)).toBe(text)
})

test.each([
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000000010001', '2001:db8:1:1:1:0:1:1'],
  ['00010000000000000001000000000000', '1::1:0:0:0'],
  ['00010000000000010000000000000000', '1:0:0:1::'],
  ['fe800000000000005054fffe00ab0001', 'fe80::5054:fffe:ab:1'],
  ['00010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
  ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
])('shortens %s to %s', (hex, text) => {
  expect(ipv6Text(hex)).toBe(text)
})

test('writes masks', () => {
  expect([0, 1, 8, 25, 32].map(ipv4Mask)).toEqual([
    '0.0.0.0',
    '128.0.0.0',
    '255.0.0.0',
    '255.255.255.128',
    '255.255.255.255',
  ])
  expect([0, 1, 64, 127, 128].map(ipv6Mask)).toEqual([
    '::',
    '8000::',
    'ffff:ffff:ffff:ffff::',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ])
})
