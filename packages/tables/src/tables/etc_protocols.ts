import { column, defineTable } from '../define-table.ts'
import { entryLines } from '../files/entry-lines.ts'

export default defineTable({
  name: 'etc_protocols',
  description: 'The IP protocols that this machine has names for, from /etc/protocols.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the protocol.'),
    number: column.integer('Number of the protocol in an IP header.'),
    alias: column.text('Other names of the protocol, separated by spaces.'),
    comment: column.text('Comment of the entry; empty when it has none.'),
  },
  examples: ['SELECT name, comment FROM etc_protocols WHERE number = 132'],
  estimatedRows: 60,

  *rows(host, scan) {
    for (const { fields, comment } of entryLines(host, '/etc/protocols', scan)) {
      const [name, number = '', ...aliases] = fields
      if (!/^\d+$/.test(number)) continue
      yield { name, number: Number(number), alias: aliases.join(' '), comment }
    }
  },
})
