import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, address } = journalColumn

export default defineJournal({
  subject: 'Listen',
  table: 'quarry_listen_journal',
  description: 'Every socket on which a process began or ceased to listen.',
  shedOrder: 1,
  columns: {
    event_type: integer('0 began to listen, 1 ceased.', { aliases: ['eventType'] }),
    ...processColumns,
    address: address('Address that it listens on; `0.0.0.0` and `::` for all.'),
    port: integer('Port.'),
    protocol: integer('6 TCP, 17 UDP.'),
  },
  examples: [
    'SELECT time, sophos_pid, address, port FROM quarry_listen_journal WHERE time > 0 AND event_type = 0',
  ],
})
