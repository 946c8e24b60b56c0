import { randomBytes } from 'node:crypto'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import { expect, test } from 'vitest'
import type { JournalWriter } from '../store/types.ts'
import { openJournals } from './testing/open-journals.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const STEP = 10 * DAY
const seconds = (millis: number) => Math.floor(millis / 1000)
const names = 'SELECT name FROM sophos_dns_journal WHERE time > 0 ORDER BY sequence'
const states = "SELECT first_time, last_time, events, lost_events FROM quarry_journals WHERE subject = 'Dns'"
const losses = 'SELECT subject, first_time, last_time, events, reason FROM quarry_journal_losses'

/** Packs what is due, and lets retention look. */
function settle(writer: JournalWriter) {
  while (writer.maintain());
  writer.maintain()
}

/** Periods of ten events, ten days apart, the last one ending now. Their names hardly compress. */
function writePeriods(writer: JournalWriter, count: number, now: number) {
  for (let period = count - 1; period >= 0; period--) {
    for (let event = 0; event < 10; event++)
      writer.append(dns, now - period * STEP - (9 - event), {
        name: `p${period}-${event}.${randomBytes(6000).toString('hex')}`,
      })
    writer.flush()
    settle(writer)
  }
}

test('what is older than 90 days goes, as it should, and is no loss', async () => {
  const now = Date.now()
  using journals = await openJournals({ period: { events: 10 }, share: 1 })
  writePeriods(journals.writer, 11, now)
  const kept = journals.all(names).map(({ name }) => String(name).split('.')[0])
  // What ended 90 days ago is gone.
  expect(kept.slice(0, 2)).toEqual(['p8-0', 'p8-1'])
  expect(kept).toHaveLength(90)
  expect(journals.all(states)).toEqual([
    { first_time: seconds(now - 8 * STEP - 9), last_time: seconds(now), events: 90, lost_events: 0 },
  ])
  expect(journals.all(losses)).toEqual([])
})

test('what goes for want of room is told: from when to when, and how much', async () => {
  const now = Date.now()
  using journals = await openJournals({ period: { events: 10 }, bytes: 400_000, share: 1 })
  writePeriods(journals.writer, 8, now)
  const kept = journals.all(names).length / 10
  expect(kept).toBeGreaterThanOrEqual(1)
  expect(kept).toBeLessThan(8)
  expect(journals.all(states)).toMatchObject([
    { first_time: seconds(now - (kept - 1) * STEP - 9), last_time: seconds(now), events: kept * 10 },
  ])
  expect(journals.codes()).not.toContain('events_lost')
  const gone = journals.all(losses)
  expect(gone).toHaveLength(8 - kept)
  expect(gone[0]).toEqual({
    subject: 'Dns',
    first_time: seconds(now - 7 * STEP - 9),
    last_time: seconds(now - 7 * STEP),
    events: 10,
    reason: 'retention',
  })
  expect(gone.reduce((sum, { events }) => sum + Number(events), 0)).toBe(80 - kept * 10)
  journals.all('SELECT name FROM sophos_dns_journal WHERE time > 0')
  expect(journals.codes()).toContain('events_lost')
})

test('a clock that is set back an hour loses nothing, and nothing is taken for too old', async () => {
  const start = Date.now()
  let now = start
  using journals = await openJournals({ period: { events: 10 }, share: 1, now: () => now })
  const { writer } = journals
  const write = (from: number, count: number) => {
    for (let event = from; event < from + count; event++) {
      now += 1000
      writer.append(dns, now, { name: `n${event}` })
    }
    writer.flush()
    settle(writer)
  }
  write(0, 25)
  now -= HOUR
  write(25, 25)
  // Then a clock that runs ahead by half a year: a device would forget everything if it believed that.
  now += 180 * DAY
  settle(writer)
  now -= 180 * DAY
  write(50, 5)
  expect(journals.all(names).map(({ name }) => name)).toEqual(
    Array.from({ length: 55 }, (_, event) => `n${event}`),
  )
  expect(journals.all(states)).toEqual([
    {
      first_time: seconds(start - HOUR + 26_000),
      last_time: seconds(start + 25_000),
      events: 55,
      lost_events: 0,
    },
  ])
  const hourBefore = `SELECT count(*) AS n FROM sophos_dns_journal WHERE time < ${seconds(start) - 1800} AND time > 0`
  expect(journals.all(hourBefore)).toEqual([{ n: 30 }])
  expect(journals.all(losses)).toEqual([])
})
