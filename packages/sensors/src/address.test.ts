import { isIPv6 } from 'node:net'
import { expect, test } from 'vitest'
import { addressBytes, addressText } from './address.ts'

test.each([
  ['c0000209', '192.0.2.9'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['20010db8000000000000000000000000', '2001:db8::'],
  ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['00000000000000000000ffffc0000209', '192.0.2.9'],
])('writes %s as %s', (hex, text) => {
  expect(addressText(Buffer.from(hex, 'hex'))).toBe(text)
})

test('writes IPv6 as the URL parser does', () => {
  for (let seed = 1; seed < 300; seed++) {
    const bytes = Buffer.from(
      Array.from({ length: 16 }, (_, index) =>
        (seed * (index + 3)) % 3 === 0 ? 0 : (seed * 31 * (index + 1)) & 0xff,
      ),
    )
    const text = addressText(bytes)
    if (isIPv6(text)) expect(addressBytes(text)).toEqual(Uint8Array.from(bytes))
    if (isIPv6(text)) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`)
  }
})

test('reads addresses, and nothing else', () => {
  expect(addressBytes('192.0.2.9')).toEqual(Uint8Array.of(192, 0, 2, 9))
  expect(addressBytes('')).toBeUndefined()
  expect(addressBytes('localhost')).toBeUndefined()
})
