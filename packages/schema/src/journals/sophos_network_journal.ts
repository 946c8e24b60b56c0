import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, address } = journalColumn

export default defineJournal({
  subject: 'Network',
  table: 'sophos_network_journal',
  description: 'Every flow of TCP or UDP once it ended, with the bytes that went each way.',
  shedOrder: 4,
  columns: {
    ...processColumns,
    start_time: integer('When the flow began, in unix seconds.', { aliases: ['startTime'] }),
    source: address('Address that the flow came from.', { index: true, pivotType: 'ipAddress' }),
    source_port: integer('Port that the flow came from.', { aliases: ['sourcePort'] }),
    destination: address('Address that the flow went to.', { index: true, pivotType: 'ipAddress' }),
    destination_port: integer('Port that the flow went to.', { aliases: ['destinationPort'] }),
    protocol: integer('6 TCP, 17 UDP.'),
    direction: text('`outbound` when this process opened it, `inbound` when it was accepted.'),
    data_sent: integer('Bytes that this process sent.', { aliases: ['dataSent'] }),
    data_recv: integer('Bytes that this process received.', { aliases: ['dataRecv'] }),
  },
  examples: [
    'SELECT destination, sum(data_sent) AS sent FROM sophos_network_journal WHERE time > unixepoch() - 86400 GROUP BY destination ORDER BY sent DESC LIMIT 20',
  ],
})
