import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'osquery_events',
  description:
    'Publishers and subscribers of osquery’s events. Quarry records into journals instead, which quarry_journals lists, so the table is always empty.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the publisher or subscriber.'),
    publisher: column.text('Name of the publisher.'),
    type: column.text('Kind: publisher or subscriber.'),
    subscriptions: column.integer('Number of subscriptions.'),
    events: column.integer('Number of events since the start.'),
    refreshes: column.integer('How often it was set up anew; publishers only.'),
    active: column.integer('1 when it is active, 0 when not, −1 for a failure.'),
  },
  examples: ['SELECT name, events FROM osquery_events'],
  estimatedRows: 1,

  *rows() {},
})
