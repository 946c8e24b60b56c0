import { isAddress, readIndicator } from './ioc-lists/indicator.ts'
import type { PivotType } from './pivots.ts'

/** Hashes of a file without content: every empty file has them. */
const emptyHashes = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd41d8cd98f00b204e9800998ecf8427e',
])

/** Where a value is sent: a query on the devices, or a service elsewhere. */
export type Audience = 'devices' | 'service'

/** Ranges that mean no other machine, or none that a public service knows. Source: IANA special-purpose address registries. */
const ranges: [RegExp, 'nobody' | 'private', string][] = [
  [/^(127\.|::1$|::ffff:127\.)/, 'nobody', 'This is the loopback address: each machine means itself by it.'],
  [/^(0\.0\.0\.0|::|0|)$/, 'nobody', 'This address means “any”, and no machine.'],
  [
    /^(255\.255\.255\.255|ff[0-9a-f]{2}:|2(2[4-9]|3\d)\.)/,
    'private',
    'This address means many machines at once.',
  ],
  [
    /^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/,
    'private',
    'This is a private address: outside your network it means nothing.',
  ],
  [/^f[cd][0-9a-f]{2}:/, 'private', 'This is a private address: outside your network it means nothing.'],
  [
    /^(169\.254\.|fe[89ab][0-9a-f]:)/,
    'private',
    'This is a link-local address: it means nothing beyond one cable.',
  ],
]

/**
 * Says why a value cannot be meant as a question, in a sentence for people.
 * @returns undefined when it can be asked
 */
export function unaskable(type: PivotType, value: string, audience: Audience): string | undefined {
  const text = value.trim().toLowerCase()
  if (text === '') return 'The cell is empty: there is no value to ask about.'
  if (/^%+$/.test(text)) return '% stands for any value; that is no question.'
  if (emptyHashes.has(text)) return 'This is the hash of an empty file: every empty file has it.'
  if (type === 'ipAddress') {
    const range = ranges.find(([pattern]) => pattern.test(text))
    if (range && (range[1] === 'nobody' || audience === 'service')) return range[2]
    if (!isAddress(text)) return 'This is not an IP address.'
  }
  if (type === 'domain' && /^localhost\.?$/.test(text)) return 'Every machine means itself by this name.'
  if (type === 'sha256' || type === 'sha1' || type === 'md5' || type === 'sophosPid') {
    const read = readIndicator(value, type)
    if ('problem' in read) return read.problem
  }
  return undefined
}
