import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, address } = journalColumn

export default defineJournal({
  subject: 'WinSec',
  table: 'sophos_winsec_journal',
  description:
    'Sign-ins and failures, under the numbers that Windows gives them, so that the same query serves every platform.',
  shedOrder: 0,
  columns: {
    event_type: integer(
      '4624 signed in, 4625 failed, 4634 signed out, 4648 acted as another user (sudo, su).',
      {
        index: true,
        aliases: ['eventType', 'event_id', 'eventid'],
      },
    ),
    ...processColumns,
    username: text('User that it was about.', { index: true, pivotType: 'username' }),
    source: address('Address that it came from; NULL for a local one.', {
      index: true,
      pivotType: 'ipAddress',
    }),
    data: text(
      'JSON with `targetUserName`, `subjectUserName`, `ipAddress`, `ipPort`, `logonType`, `processName`, `terminal`, `status`.',
      { aliases: ['eventData'] },
    ),
  },
  examples: [
    'SELECT time, username, source, data FROM sophos_winsec_journal WHERE time > 0 AND event_type = 4625',
  ],
})
