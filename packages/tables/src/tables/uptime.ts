import { column, defineTable } from '../define-table.ts'
import { readValue } from '../system/read-value.ts'

export default defineTable({
  name: 'uptime',
  description: 'Time since the device started, sleep included.',
  platforms: ['linux'],
  columns: {
    days: column.integer('Whole days.'),
    hours: column.integer('Hours beyond the days.'),
    minutes: column.integer('Minutes beyond the hours.'),
    seconds: column.integer('Seconds beyond the minutes.'),
    total_seconds: column.bigint('All of it in seconds.'),
  },
  examples: ['SELECT days, hours, minutes FROM uptime'],
  estimatedRows: 1,

  *rows(host, scan) {
    const total = Number.parseInt(readValue(host, '/proc/uptime') ?? '', 10)
    if (Number.isNaN(total)) {
      scan.warn('/proc/uptime could not be read.', 'table_unavailable')
      return
    }
    yield {
      days: Math.floor(total / 86_400),
      hours: Math.floor(total / 3600) % 24,
      minutes: Math.floor(total / 60) % 60,
      seconds: total % 60,
      total_seconds: total,
    }
  },
})
