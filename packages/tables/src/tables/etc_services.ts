import { column, defineTable } from '../define-table.ts'
import { entryLines } from '../files/entry-lines.ts'

export default defineTable({
  name: 'etc_services',
  description: 'The network services that this machine has names for, from /etc/services.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the service.'),
    port: column.integer('Port of the service.'),
    protocol: column.text('Transport protocol, such as tcp or udp.'),
    aliases: column.text('Other names of the service, separated by spaces.'),
    comment: column.text('Comment of the entry; empty when it has none.'),
  },
  examples: ["SELECT name FROM etc_services WHERE port = 443 AND protocol = 'tcp'"],
  estimatedRows: 400,

  *rows(host, scan) {
    for (const { fields, comment } of entryLines(host, '/etc/services', scan)) {
      const [name, where = '', ...aliases] = fields
      const [, port, protocol] = /^(\d+)\/(\w+)$/.exec(where) ?? []
      if (port) yield { name, port: Number(port), protocol, aliases: aliases.join(' '), comment }
    }
  },
})
