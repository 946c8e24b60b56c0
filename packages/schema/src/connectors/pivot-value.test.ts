import { expect, test } from 'vitest'
import { pivotValue, withoutMeaning } from './pivot-value.ts'

test.each([
  ['ipAddress', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['ipAddress', '::ffff:8.8.8.8', '8.8.8.8'],
  ['ipAddress', '8[.]8[.]8[.]8', '8.8.8.8'],
  ['domain', 'Bücher.example.', 'xn--bcher-kva.example'],
  ['sha256', `${'AB'.repeat(32)} `, 'ab'.repeat(32)],
  ['url', 'hxxp://example[.]org/a', 'http://example.org/a'],
] as const)('a value has one form: %s %s', (type, text, value) => {
  expect(pivotValue(type, text)).toEqual({ value })
})

test.each([
  ['ipAddress', '1.2.3'],
  ['ipAddress', '1.2.3.4/../x'],
  ['sha256', 'abc'],
  ['domain', '..'],
  ['domain', 'a b.example'],
  ['url', 'javascript:alert(1)'],
] as const)('what is none is told: %s %s', (type, text) => {
  expect(pivotValue(type, text)).toEqual({ wrong: expect.stringMatching(/^This .*\.$/) })
})

test.each([
  ['ipAddress', '10.1.2.3', /private/],
  ['ipAddress', 'fe80::1', /link-local/],
  ['url', 'http://192.168.1.1/admin', /private/],
  ['url', 'http://[::1]:8080/', /loopback/],
  ['url', 'http://intranet/', /inside one network/],
  ['domain', 'printer.local', /inside one network/],
  ['md5', 'd41d8cd98f00b204e9800998ecf8427e', /empty/],
] as const)('what a public service cannot know is explained: %s %s', (type, value, sentence) => {
  expect(withoutMeaning(type, value)).toMatch(sentence)
})

test('what it can know is not held back', () => {
  expect(withoutMeaning('ipAddress', '8.8.8.8')).toBeUndefined()
  expect(withoutMeaning('url', 'https://example.org/')).toBeUndefined()
  expect(withoutMeaning('domain', 'example.org')).toBeUndefined()
})
