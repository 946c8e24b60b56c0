import { expect, test } from 'vitest'
import { addressText } from './address-text.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

test.each([
  ['c0000201', '192.0.2.1'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000100010000', '2001:db8:1:1:1:1:1:0'],
  ['fe800000000000000000000000000000', 'fe80::'],
  ['00000000000000000000ffffc0000201', '192.0.2.1'],
])('%s is %s', (hex, text) => {
  expect(addressText(bytes(hex), 0, hex.length === 8 ? 4 : 16)).toBe(text)
})

test('starts at the offset', () => {
  expect(addressText(bytes('ffff7f000001'), 2, 4)).toBe('127.0.0.1')
})
