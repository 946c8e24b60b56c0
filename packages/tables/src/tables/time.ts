import { column, defineTable } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { zoneName } from '../system/time-zone.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export default defineTable({
  name: 'time',
  description: 'The device’s clock at the moment of the question, in UTC.',
  platforms: ['linux'],
  columns: {
    weekday: column.text('Day of the week in English.'),
    year: column.integer('Year.'),
    month: column.integer('Month, 1 to 12.'),
    day: column.integer('Day of the month, 1 to 31.'),
    hour: column.integer('Hour, 0 to 23.'),
    minutes: column.integer('Minutes, 0 to 59.'),
    seconds: column.integer('Seconds, 0 to 59.'),
    timezone: column.text('Time zone of the other columns: always UTC.'),
    local_timezone: column.text(
      'Short name of the device’s own time zone at this moment, such as CET or CEST.',
    ),
    unix_time: column.integer('Seconds since 1970.', { aliases: ['local_time'] }),
    timestamp: column.text('The time in the words of C’s asctime, and UTC.'),
    datetime: column.text('The time as 2026-01-31T12:00:00Z.', { aliases: ['date_time'] }),
    iso_8601: column.text('The time as 2026-01-31T12:00:00Z.'),
  },
  examples: ['SELECT unix_time, datetime, local_timezone FROM time'],
  estimatedRows: 1,

  *rows(host, scan) {
    const millis = host.now()
    const now = new Date(millis)
    const weekday = weekdays[now.getUTCDay()] ?? ''
    const iso = `${now.toISOString().slice(0, 19)}Z`
    const date = `${weekday.slice(0, 3)} ${months[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2)}`
    yield {
      weekday,
      year: now.getUTCFullYear(),
      month: now.getUTCMonth() + 1,
      day: now.getUTCDate(),
      hour: now.getUTCHours(),
      minutes: now.getUTCMinutes(),
      seconds: now.getUTCSeconds(),
      timezone: 'UTC',
      local_timezone: scan.uses('local_timezone') ? localZone(host, millis) : null,
      unix_time: Math.floor(millis / 1000),
      timestamp: `${date} ${iso.slice(11, 19)} ${now.getUTCFullYear()} UTC`,
      datetime: iso,
      iso_8601: iso,
    }
  },
})

/** A machine without /etc/localtime runs in UTC. */
function localZone(host: Host, millis: number): string {
  try {
    return zoneName(host.readBytes('/etc/localtime'), millis) ?? 'UTC'
  } catch {
    return 'UTC'
  }
}
