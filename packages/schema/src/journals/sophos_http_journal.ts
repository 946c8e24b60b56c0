import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, address } = journalColumn

export default defineJournal({
  subject: 'Http',
  table: 'sophos_http_journal',
  description: 'Every plain HTTP request that was seen on the wire. For TLS see `sophos_url_journal`.',
  shedOrder: 5,
  columns: {
    ...processColumns,
    source: address('Address that it came from.', { index: true, pivotType: 'ipAddress' }),
    source_port: integer('Port that it came from.', { aliases: ['sourcePort'] }),
    destination: address('Address that it went to.', { index: true, pivotType: 'ipAddress' }),
    destination_port: integer('Port that it went to.', { aliases: ['destinationPort'] }),
    method: text('Method of the request.'),
    url: text('URL, made of the Host header and the path.', { index: true, pivotType: 'url' }),
    headers: text('Headers, a line each; those that hold secrets are left out.'),
    user_agent: text('User-Agent header.', { aliases: ['userAgent'] }),
  },
  examples: [
    'SELECT time, sophos_pid, url, user_agent FROM sophos_http_journal WHERE time > unixepoch() - 86400',
  ],
})
