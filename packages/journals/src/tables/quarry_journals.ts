import { allJournals } from '@quarry/schema/journals'
import { column, defineTable } from '@quarry/tables/define-table'
import { openReaderOf } from './read/read-events.ts'

const journals = await allJournals()

export default defineTable({
  name: 'quarry_journals',
  description:
    'What each journal of this device really holds: from when to when, how much, and what was lost.',
  platforms: ['linux'],
  estimatedRows: 14,
  columns: {
    subject: column.text('Kind of activity.'),
    table: column.text('Table that shows it.'),
    first_time: column.bigint(
      'Time of the first event that is kept, in unix seconds; NULL for an empty journal.',
    ),
    last_time: column.bigint('Time of the last event, in unix seconds.'),
    events: column.bigint('Events that are kept.'),
    bytes: column.bigint('Bytes on disk, indexes included.'),
    lost_events: column.bigint('Events that happened and are not in the journal; see quarry_journal_losses.'),
  },
  examples: [
    "SELECT subject, datetime(first_time, 'unixepoch') AS since, events, lost_events FROM quarry_journals",
  ],
  *rows(host, scan) {
    const reader = openReaderOf(host, scan)
    if (!reader) return
    const states = new Map(reader.states().map((state) => [state.subject, state]))
    for (const { subject, table } of journals) {
      const { firstTime, lastTime, events = 0, bytes = 0, lostEvents = 0 } = states.get(subject) ?? {}
      yield {
        subject,
        table,
        first_time: seconds(firstTime),
        last_time: seconds(lastTime),
        events,
        bytes,
        lost_events: lostEvents,
      }
    }
  },
})

const seconds = (millis: number | undefined) => (millis === undefined ? null : Math.floor(millis / 1000))
