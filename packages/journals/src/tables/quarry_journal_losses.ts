import { column, defineTable } from '@quarry/tables/define-table'
import { openReaderOf } from './read/read-events.ts'

export default defineTable({
  name: 'quarry_journal_losses',
  description: 'Every time that the journals lost events: which, when, how many and why.',
  platforms: ['linux'],
  estimatedRows: 20,
  columns: {
    subject: column.text('Kind of activity.'),
    first_time: column.bigint('When the first of them happened, in unix seconds.'),
    last_time: column.bigint('When the last of them happened, in unix seconds.'),
    events: column.bigint('How many events were lost.'),
    reason: column.text(
      'Why: `shed` for too many at once, `source` for the kernel, `disk_full`, `disk_error`, `torn_block`, `retention`.',
    ),
  },
  examples: [
    'SELECT subject, sum(events) AS lost, reason FROM quarry_journal_losses GROUP BY subject, reason',
  ],
  *rows(host, scan) {
    for (const { subject, firstTime, lastTime, events, reason } of openReaderOf(host, scan)?.losses() ?? [])
      yield {
        subject,
        first_time: Math.floor(firstTime / 1000),
        last_time: Math.floor(lastTime / 1000),
        events,
        reason,
      }
  },
})
