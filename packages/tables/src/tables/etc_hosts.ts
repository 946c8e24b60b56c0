import { column, defineTable } from '../define-table.ts'
import { entryLines } from '../files/entry-lines.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'

export default defineTable({
  name: 'etc_hosts',
  aliases: ['hosts'],
  description: 'Entries of the hosts file, one row for each line that maps an address to names.',
  platforms: ['linux'],
  columns: {
    address: column.text('Address that the line maps.', { pivotType: 'ipAddress' }),
    hostnames: column.text('Names mapped to the address, separated by spaces.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: ["SELECT * FROM etc_hosts WHERE address NOT IN ('127.0.0.1', '::1')"],
  estimatedRows: 10,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const { fields } of entryLines(host, '/etc/hosts', scan)) {
        const [address, ...names] = fields
        if (names.length > 0) yield { address, hostnames: names.join(' '), pid_with_namespace: pid }
      }
    }
  },
})
