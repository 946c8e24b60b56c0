import { expect, test } from 'vitest'
import { isAddress, readIndicator, refang } from './indicator.ts'
import { parseIndicators } from './parse-indicators.ts'

const sha256 = 'AB'.repeat(32)
const found = (text: string, options = {}) =>
  parseIndicators(text, options).indicators.map(({ type, value }) => `${type} ${value}`)

test.each([
  ['hxxp://evil[.]example/a', 'http://evil.example/a'],
  ['hXXps[:]//evil(.)example', 'https://evil.example'],
  ['hxxps[://]evil[dot]example', 'https://evil.example'],
  ['1[.]2[.]3[.]4', '1.2.3.4'],
  ['2001[:]db8[:][:]1', '2001:db8::1'],
  ['evil {.} example', 'evil.example'],
])('%s is mended', (fanged, plain) => {
  expect(refang(fanged)).toBe(plain)
})

test.each([
  ['1.2.3.4', true],
  ['1.2.3.256', false],
  ['1.2.3', false],
  ['1.2.3.4.', false],
  ['::1', true],
  ['2001:db8::1:0:0:1', true],
  ['1:2:3:4:5:6:7:8', true],
  ['1:2:3:4:5:6:7:8:9', false],
  ['1::2::3', false],
  ['::ffff:1.2.3.4', true],
  ['::ffff:1.2.3.400', false],
  ['12:34', false],
])('%s as an address: %s', (text, is) => {
  expect(isAddress(text)).toBe(is)
})

test('a list of lines: kinds by their looks, remarks left out, each once, the unreadable named', () => {
  const text = `# from the report\n${sha256}\n${sha256.toLowerCase()}\nhxxp://evil[.]example/x # seen twice\n\n1[.]2[.]3[.]4\nEvil[.]Example.\nnot an indicator\n10.0.0.0/8\n/tmp/.x`
  const parsed = parseIndicators(text)
  expect(parsed).toEqual({
    format: 'lines',
    indicators: [
      { type: 'sha256', value: sha256.toLowerCase() },
      { type: 'url', value: 'http://evil.example/x' },
      { type: 'ipAddress', value: '1.2.3.4' },
      { type: 'domain', value: 'evil.example' },
      { type: 'filePath', value: '/tmp/.x' },
    ],
    duplicates: 1,
    invalid: [
      {
        place: 'line 8',
        text: 'not an indicator',
        problem: expect.stringContaining('choose what the values are'),
      },
      {
        place: 'line 9',
        text: '10.0.0.0/8',
        problem: 'This is a network, and a list holds single addresses.',
      },
    ],
  })
})

test('values of a kind that was chosen', () => {
  expect(found('root\nwww-data', { type: 'username' })).toEqual(['username root', 'username www-data'])
  expect(parseIndicators('1.2.3.4\nroot', { type: 'ipAddress' }).invalid).toEqual([
    { place: 'line 2', text: 'root', problem: 'This is not an IP address.' },
  ])
  expect(readIndicator('70000', 'port')).toEqual({ problem: 'This is not a port (0 to 65535).' })
})

test('CSV by its columns type and value', () => {
  const text =
    'Indicator type,Indicator,Description\r\nFileHash-SHA256,' +
    sha256 +
    ',"a, b"\r\nhostname,evil[.]example,\r\nIPv4,1.2.3.400,"x\ny"\r\nURL,https://a.example/,\r\n'
  const parsed = parseIndicators(text)
  expect(parsed.format).toBe('csv')
  expect(found(text)).toEqual([
    `sha256 ${sha256.toLowerCase()}`,
    'domain evil.example',
    'url https://a.example/',
  ])
  expect(parsed.invalid).toEqual([
    { place: 'line 4', text: '1.2.3.400', problem: 'This is not an IP address.' },
  ])
})

test('CSV by columns that are named after kinds, and without a head', () => {
  expect(found('name;md5;ip\nx;d41d8cd98f00b204e9800998ecf8427e;1.2.3.4\ny;;5.6.7.8')).toEqual([
    'md5 d41d8cd98f00b204e9800998ecf8427e',
    'ipAddress 1.2.3.4',
    'ipAddress 5.6.7.8',
  ])
  expect(found('x,1.2.3.4\ny,5.6.7.8', { format: 'csv' })).toEqual(['ipAddress 1.2.3.4', 'ipAddress 5.6.7.8'])
})

test('a bundle of STIX 2.1', () => {
  const indicator = (pattern: string, more = {}) => ({
    type: 'indicator',
    spec_version: '2.1',
    pattern,
    pattern_type: 'stix',
    ...more,
  })
  const bundle = {
    type: 'bundle',
    objects: [
      indicator(
        `[file:hashes.'SHA-256' = '${sha256}' OR file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']`,
      ),
      indicator(
        "[ipv4-addr:value IN ('1.2.3.4', '5.6.7.8')] FOLLOWEDBY [domain-name:value = 'evil.example']",
      ),
      indicator("[process:command_line = 'sh -c \\'id\\'']"),
      indicator("[url:value LIKE 'http://evil%']"),
      indicator('rule x {}', { pattern_type: 'yara' }),
      indicator("[ipv4-addr:value = '9.9.9.9']", { revoked: true }),
      { type: 'ipv6-addr', value: '2001:db8::1' },
      { type: 'malware', name: 'x' },
    ],
  }
  const parsed = parseIndicators(JSON.stringify(bundle))
  expect(parsed.format).toBe('stix')
  expect(parsed.indicators.map(({ type, value }) => `${type} ${value}`)).toEqual([
    `sha256 ${sha256.toLowerCase()}`,
    'md5 d41d8cd98f00b204e9800998ecf8427e',
    'ipAddress 1.2.3.4',
    'ipAddress 5.6.7.8',
    'domain evil.example',
    "cmdline sh -c 'id'",
    'ipAddress 2001:db8::1',
  ])
  expect(parsed.invalid.map(({ place, problem }) => `${place}: ${problem}`)).toEqual([
    'object 4 of the bundle: Only equalities can be put into a list.',
    'object 5 of the bundle: Patterns of the kind yara are not read.',
    'object 6 of the bundle: The indicator was revoked.',
  ])
})

test('an event of MISP', () => {
  const event = {
    Event: {
      Attribute: [
        { type: 'ip-dst|port', value: '1.2.3.4|443', to_ids: true },
        { type: 'domain|ip', value: 'evil.example|5.6.7.8' },
        { type: 'filename|sha256', value: `x.exe|${sha256}` },
        { type: 'comment', value: 'seen in May', to_ids: false },
        { type: 'yara', value: 'rule x {}', to_ids: true },
        { type: 'ip-src', value: '9.9.9.9', deleted: true },
      ],
      Object: [{ Attribute: [{ type: 'url', value: 'hxxp://evil[.]example' }] }],
    },
  }
  const parsed = parseIndicators(JSON.stringify(event))
  expect(parsed.format).toBe('misp')
  expect(parsed.indicators.map(({ value }) => value)).toEqual([
    '1.2.3.4',
    'evil.example',
    '5.6.7.8',
    sha256.toLowerCase(),
    'http://evil.example',
  ])
  expect(parsed.invalid.map(({ place, problem }) => `${place}: ${problem}`)).toEqual([
    'attribute 4: The event marks it as no indicator (to_ids).',
    'attribute 5: A list has no place for “yara”.',
  ])
})

test('a pattern that is made to be slow is not', () => {
  const pattern = `[ipv4-addr:value IN (${"'a'    ".repeat(200)}]`
  const text = JSON.stringify({ type: 'bundle', objects: [{ type: 'indicator', pattern }] })
  expect(parseIndicators(text).invalid).toHaveLength(1)
})

test('a sentence with a per cent sign is no path', () => {
  expect(parseIndicators('100% sure\n%\\AppData\\evil.exe').indicators).toEqual([
    { type: 'filePath', value: '%\\AppData\\evil.exe' },
  ])
})

test('broken JSON is named, and 20,000 lines are read at once', () => {
  expect(parseIndicators('{"type": "bundle",', {}).invalid[0]!.problem).toContain('This is not JSON')
  const many = Array.from({ length: 20_000 }, (_, index) => `host-${index}.example`).join('\n')
  expect(parseIndicators(many).indicators).toHaveLength(20_000)
})
