import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { text, address } = journalColumn

export default defineJournal({
  subject: 'Dns',
  table: 'sophos_dns_journal',
  description:
    'Every name that was asked of a DNS server, with the process that asked and what was answered.',
  shedOrder: 3,
  columns: {
    ...processColumns,
    name: text('Name that was asked for, in lower case, without the final dot.', {
      index: true,
      pivotType: 'domain',
    }),
    type: text('Type of the question: A, AAAA, MX, TXT and so on.'),
    answers: text('Answers, separated by commas; empty when there were none.'),
    response_code: text('NOERROR, NXDOMAIN, …; empty when no answer was seen.'),
    server: address('Server that was asked.'),
  },
  examples: [
    "SELECT time, sophos_pid, answers FROM sophos_dns_journal WHERE time > 0 AND name = 'example.com'",
  ],
})
