import { expect, test } from 'vitest'
import { evidenceOf, reputationOf } from './worth.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const worth = (
  id: string,
  fields: Record<string, string | number | boolean>,
  verdict?: 'malicious' | 'harmless' | 'suspicious',
) => evidenceOf({ id, name: id }, { status: 'found', fields, ...(verdict && { verdict }) }, now)?.worth
const old = '2020-01-01T00:00:00.000Z'

test.each([
  ['malwarebazaar', {}, 2],
  ['threatfox', { confidence: 50 }, 5],
  ['circl_hashlookup', { malicious: 'malshare.com', trust: 90 }, 10],
  ['circl_hashlookup', { trust: 10 }, 50],
  ['circl_hashlookup', { trust: 55 }, 75],
  ['circl_hashlookup', { trust: 100 }, 90],
  ['hashlookup_bloom', { known: true, errorRate: 0.0001 }, 72],
  ['virustotal', { malicious: 12, undetected: 50 }, 5],
  ['virustotal', { malicious: 12, undetected: 50, threat: 'adware.x' }, 25],
  ['virustotal', { malicious: 4, undetected: 50 }, 15],
  ['virustotal', { malicious: 1, undetected: 50 }, 35],
  ['virustotal', { malicious: 0, undetected: 55, harmless: 0, firstSeen: old }, 80],
  ['virustotal', { malicious: 0, undetected: 20, firstSeen: old }, 30],
  ['virustotal', { malicious: 0, undetected: 55, firstSeen: '2026-05-30T00:00:00.000Z' }, 30],
])('%s: %o is worth %i', (id, fields, expected) => expect(worth(id, fields as never)).toBe(expected))

test('a connector of one’s own is worth its verdict', () => {
  expect(worth('mine', {}, 'malicious')).toBe(10)
  expect(worth('mine', {}, 'suspicious')).toBe(35)
  expect(worth('mine', {}, 'harmless')).toBe(72)
  expect(worth('mine', {})).toBe(30)
})

test('what was not sent or failed is no evidence', () => {
  for (const status of ['refused', 'failed', 'pending'] as const)
    expect(evidenceOf({ id: 'mine', name: 'Mine' }, { status, fields: {} }, now)).toBeUndefined()
  expect(evidenceOf({ id: 'mine', name: 'Mine' }, { status: 'notFound', fields: {} }, now)).toEqual({
    source: 'mine',
    code: 'not_known',
    worth: 30,
    text: 'Mine does not know it.',
  })
})

test.each([
  ['nobody', [], -1],
  ['nobody knows it', [['not_known', 30]], 30],
  [
    'published, and unknown elsewhere',
    [
      ['not_known', 30],
      ['good', 75],
    ],
    75,
  ],
  [
    'bad beats good',
    [
      ['good', 90],
      ['bad', 5],
      ['doubtful', 35],
    ],
    5,
  ],
  [
    'doubt beats good',
    [
      ['good', 80],
      ['doubtful', 35],
    ],
    35,
  ],
  [
    'the best of the good',
    [
      ['good', 72],
      ['good', 80],
      ['doubtful', 55],
    ],
    80,
  ],
])('%s', (_, said, expected) =>
  expect(reputationOf(said.map(([code, worth]) => ({ code, worth, source: 's', text: '.' }) as never))).toBe(
    expected,
  ),
)
