import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixtureRoot } from '../fixture.ts'
import { zoneName } from './time-zone.ts'

const file = (rule: string) => Buffer.from(`TZif2${'\0'.repeat(60)}\n${rule}\n`, 'latin1')

test.each([
  ['UTC0', '2026-01-01T00:00:00Z', 'UTC'],
  ['<+0530>-5:30', '2026-01-01T00:00:00Z', '+0530'],
  // Europe changes at 01:00 UTC.
  ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T00:59:59Z', 'CET'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T01:00:00Z', 'CEST'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-10-25T00:59:59Z', 'CEST'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-10-25T01:00:00Z', 'CET'],
  // New York changes at 02:00 by its own clock.
  ['EST5EDT,M3.2.0,M11.1.0', '2026-03-08T06:59:59Z', 'EST'],
  ['EST5EDT,M3.2.0,M11.1.0', '2026-03-08T07:00:00Z', 'EDT'],
  // South of the equator the summer goes over the new year.
  ['AEST-10AEDT,M10.1.0,M4.1.0/3', '2026-01-01T00:00:00Z', 'AEDT'],
  ['AEST-10AEDT,M10.1.0,M4.1.0/3', '2026-07-01T00:00:00Z', 'AEST'],
  ['XST0XDT,J60/0,J300/0', '2028-02-29T12:00:00Z', 'XST'],
  ['XST0XDT,J60/0,J300/0', '2028-03-01T00:00:00Z', 'XDT'],
])('%s at %s is %s', (rule, time, name) => {
  expect(zoneName(file(rule), Date.parse(time))).toBe(name)
})

test('reads a real file, and knows what is none', () => {
  const berlin = readFileSync(`${fixtureRoot}/usr/share/zoneinfo/Europe/Berlin`)
  expect(zoneName(berlin, Date.parse('2026-07-01T00:00:00Z'))).toBe('CEST')
  expect(zoneName(Buffer.from('no zone'), 0)).toBeUndefined()
})
