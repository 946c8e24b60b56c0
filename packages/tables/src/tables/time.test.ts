import { expect, test } from 'vitest'
import { openEngine } from '../engine/engine.ts'
import { fixtureRoot } from '../fixture.ts'
import { openHost } from '../host/open-host.ts'
import time from './time.ts'

const at = async (moment: string) => {
  const host = { ...openHost({ root: fixtureRoot }), now: () => Date.parse(moment) }
  const engine = await openEngine({ tables: [time], host })
  return engine.all('SELECT *, date_time FROM time')[0]
}

test('shows one moment in all its forms', async () => {
  expect(await at('2026-07-05T08:09:01.900Z')).toEqual({
    weekday: 'Sunday',
    year: 2026,
    month: 7,
    day: 5,
    hour: 8,
    minutes: 9,
    seconds: 1,
    timezone: 'UTC',
    local_timezone: 'CEST',
    unix_time: 1783238941,
    timestamp: 'Sun Jul  5 08:09:01 2026 UTC',
    datetime: '2026-07-05T08:09:01Z',
    iso_8601: '2026-07-05T08:09:01Z',
    date_time: '2026-07-05T08:09:01Z',
  })
})

test('the local time zone is that of the season', async () => {
  expect((await at('2026-12-05T08:09:01Z'))?.local_timezone).toBe('CET')
})

test('is this machine’s clock', async () => {
  const before = Math.floor(Date.now() / 1000)
  const engine = await openEngine({ tables: [time], host: openHost() })
  const now = Number(engine.all('SELECT unix_time FROM time')[0]?.unix_time)
  expect(now).toBeGreaterThanOrEqual(before)
  expect(now).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  engine.close()
})
