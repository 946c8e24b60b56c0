import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, address } = journalColumn

export default defineJournal({
  subject: 'Ip',
  table: 'sophos_ip_journal',
  description: 'Every connection as it began: opened, accepted, or the first packet of a UDP flow.',
  shedOrder: 2,
  columns: {
    ...processColumns,
    source: address('Address that it came from.', { index: true, pivotType: 'ipAddress' }),
    source_port: integer('Port that it came from.', { aliases: ['sourcePort'] }),
    destination: address('Address that it went to.', { index: true, pivotType: 'ipAddress' }),
    destination_port: integer('Port that it went to.', { aliases: ['destinationPort'] }),
    protocol: integer('1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6.'),
    direction: text('`outbound` when this process opened it, `inbound` when it was accepted.'),
  },
  examples: [
    "SELECT time, sophos_pid, source FROM sophos_ip_journal WHERE time > 0 AND destination = '203.0.113.9'",
  ],
})
