import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './crontab.ts'

const fixture = await openFixture([table])

test('reads the machine’s jobs, the user in front of the command', () => {
  expect(fixture.all("SELECT * FROM crontab WHERE path = '/etc/crontab' LIMIT 1")).toEqual([
    {
      event: '',
      minute: '17',
      hour: '*',
      day_of_month: '*',
      month: '*',
      day_of_week: '*',
      command: 'root\tcd / && run-parts --report /etc/cron.hourly',
      path: '/etc/crontab',
    },
  ])
  expect(fixture.all('SELECT path, count(*) AS jobs FROM crontab GROUP BY path')).toEqual([
    { path: '/etc/cron.d/backup', jobs: 1 },
    { path: '/etc/crontab', jobs: 2 },
    { path: '/var/spool/cron/crontabs/deploy', jobs: 2 },
  ])
})

test('reads users’ jobs, words and lists of times', () => {
  expect(
    fixture.all("SELECT event, minute, day_of_month, month, command FROM crontab WHERE path LIKE '%/deploy'"),
  ).toEqual([
    {
      event: '@reboot',
      minute: '',
      day_of_month: '',
      month: '',
      command: '/home/deploy/release/lib/up --quiet',
    },
    {
      event: '',
      minute: '*/5',
      day_of_month: '1,15',
      month: 'jan-jun',
      command: '/usr/bin/node /home/deploy/release/app.js',
    },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})
