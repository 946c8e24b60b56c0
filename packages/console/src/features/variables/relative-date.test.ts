import { expect, test } from 'vitest'
import { momentOf, shortcuts } from './relative-date.ts'

const now = new Date('2026-11-24T12:00:00.000Z')

test.each([
  ['now', '2026-11-24T12:00:00.000Z'],
  ['-15m', '2026-11-24T11:45:00.000Z'],
  [' -24h ', '2026-11-23T12:00:00.000Z'],
  ['-90d', '2026-08-26T12:00:00.000Z'],
  ['-2w', '2026-11-10T12:00:00.000Z'],
  ['0', '1970-01-01T00:00:00.000Z'],
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['2026-01-31T09:30:00+01:00', '2026-01-31T08:30:00.000Z'],
])('%j is %s', (text, iso) => {
  expect(momentOf(text, now)?.toISOString()).toBe(iso)
})

test('a time without a zone is local', () => {
  expect(momentOf('2026-01-31T09:30', now)).toEqual(new Date(2026, 0, 31, 9, 30))
  expect(momentOf('2026-01-31', now)).toEqual(new Date(2026, 0, 31))
})

test.each(['', 'yesterday', '24h', '+1h', '-1y', '2026-13-01', "2026-01-01' OR 1"])(
  '%j is no moment',
  (text) => {
    expect(momentOf(text, now)).toBeUndefined()
  },
)

test('every shortcut can be read', () => {
  for (const { value } of shortcuts) expect(momentOf(value, now)).toBeInstanceOf(Date)
})
