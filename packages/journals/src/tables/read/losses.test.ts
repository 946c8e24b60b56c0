import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import { openEngine } from '@quarry/tables/engine'
import { openHost } from '@quarry/tables/host'
import { afterAll, expect, test } from 'vitest'
import { allJournalTables, openJournalPort } from '../../all-tables.ts'
import { openJournals } from '../testing/open-journals.ts'

const opened = await openJournals()
afterAll(() => opened[Symbol.dispose]())
const { writer, all, engine } = opened

const start = 1_795_000_000
writer.append(dnsJournal, start * 1000, { name: 'example.com' })
writer.lose({
  subject: 'Dns',
  firstTime: start * 1000,
  lastTime: (start + 60) * 1000,
  events: 1200,
  reason: 'shed',
})
writer.lose({
  subject: 'Http',
  firstTime: start * 1000,
  lastTime: (start + 5) * 1000,
  events: 1,
  reason: 'disk_full',
})
const warnings = (sql: string) => {
  all(sql)
  return engine.lastWarnings
}

test('what was lost in the time that is searched is told: how many of what, when and why', () => {
  const told = [
    {
      code: 'events_lost',
      message:
        'sophos_dns_journal lost 1,200 events between 2026-11-18T11:06:40Z and 2026-11-18T11:07:40Z: there were more events than the device could take in.',
    },
  ]
  expect(warnings('SELECT * FROM sophos_dns_journal WHERE time > 0')).toEqual(told)
  expect(warnings(`SELECT * FROM sophos_dns_journal WHERE time <= ${start}`)).toEqual(told)
  expect(warnings(`SELECT * FROM sophos_dns_journal WHERE time > ${start + 60}`)).toEqual([])
  expect(warnings(`SELECT * FROM sophos_dns_journal WHERE time < ${start}`)).toEqual([])
  expect(warnings('SELECT * FROM sophos_ip_journal WHERE time > 0')).toEqual([])
})

test('the union tells it for the journals that it reads', () => {
  const messages = (where: string) =>
    warnings(`SELECT * FROM sophos_process_activity WHERE time > 0 ${where}`).map(({ message }) => message)
  expect(messages('')).toEqual([
    expect.stringMatching('1,200 events'),
    expect.stringMatching('lost 1 event .*the disk was full'),
  ])
  expect(messages("AND subject = 'Http'")).toHaveLength(1)
  expect(messages("AND subject = 'Ip'")).toEqual([])
})

test('slices tell it once, and many gaps become one sentence', () => {
  const slices = `WITH RECURSIVE s(x) AS (VALUES (${start - 60}) UNION ALL SELECT x + 20 FROM s WHERE x < ${start + 60})
    SELECT * FROM s LEFT JOIN sophos_dns_journal d ON d.time BETWEEN s.x AND s.x + 20`
  expect(warnings(slices)).toHaveLength(1)
  for (let n = 1; n <= 6; n++)
    writer.lose({ subject: 'Url', firstTime: n * 1000, lastTime: n * 1000, events: n, reason: 'source' })
  writer.flush()
  const [first, ...others] = warnings('SELECT * FROM sophos_url_journal WHERE time > 0')
  expect(others).toEqual([])
  expect(first!.message).toMatch(/^sophos_url_journal lost 21 events .*: the kernel had to drop them/)
})

test('quarry_journals and its losses show what is kept and what is not', () => {
  const [row] = all("SELECT * FROM quarry_journals WHERE subject = 'Dns'")
  expect(row).toMatchObject({
    table: 'sophos_dns_journal',
    first_time: start,
    last_time: start,
    events: 1,
    lost_events: 1200,
  })
  expect(Number(row!.bytes)).toBeGreaterThan(0)
  expect(all("SELECT events, first_time FROM quarry_journals WHERE subject = 'File'")).toEqual([
    { events: 0, first_time: null },
  ])
  expect(all("SELECT * FROM quarry_journal_losses WHERE subject = 'Http'")).toEqual([
    { subject: 'Http', first_time: start, last_time: start + 5, events: 1, reason: 'disk_full' },
  ])
})

test.each([
  ['a device that does not record', undefined, 'This device does not record what happens on it.'],
  ['one that has not begun', '/nowhere/journals', 'This device has not recorded anything yet.'],
])('%s gives no rows and says why', async (_name, folder, message) => {
  const ports = folder ? { journals: openJournalPort(folder) } : {}
  const own = await openEngine({ tables: await allJournalTables(), host: openHost({ ports }) })
  expect(own.all('SELECT * FROM sophos_dns_journal WHERE time > 0')).toEqual([])
  expect(own.lastWarnings).toEqual([{ code: 'table_unavailable', message }])
  expect(own.all('SELECT * FROM quarry_journals')).toEqual([])
  own.close()
})
