import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, address } = journalColumn

export default defineJournal({
  subject: 'Url',
  table: 'sophos_url_journal',
  description:
    'Every server that was named: the host of a plain HTTP request, or the server name of a TLS handshake.',
  shedOrder: 5,
  columns: {
    ...processColumns,
    url: text('URL; for TLS `https://` and the server name.', { index: true, pivotType: 'url' }),
    destination: address('Address that it went to.', { index: true, pivotType: 'ipAddress' }),
    destination_port: integer('Port that it went to.', { aliases: ['destinationPort'] }),
  },
  examples: ["SELECT time, sophos_pid, url FROM sophos_url_journal WHERE time > 0 AND url LIKE '%pastebin%'"],
})
