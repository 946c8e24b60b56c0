import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { readResolvers } from '../net/resolv-conf.ts'

const path = '/etc/resolv.conf'

export default defineTable({
  name: 'dns_resolvers',
  description: 'How this machine looks names up: servers, search domains and sort lists of /etc/resolv.conf.',
  platforms: ['linux'],
  columns: {
    id: column.integer('Place among those of its type, counted from 0.'),
    type: column.text('Kind: nameserver, search or sortlist.'),
    address: column.text('Address of the server or network, or name of the domain.', {
      pivotType: 'ipAddress',
    }),
    netmask: column.text('Mask of a sort list, 32 for a server; empty for a domain.'),
    options: column.bigint('Options as the bits of the C library’s resolver; 705 for none set.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: ["SELECT address FROM dns_resolvers WHERE type = 'nameserver'"],
  estimatedRows: 5,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      try {
        for (const row of readResolvers(host.read(path))) yield { ...row, pid_with_namespace: pid }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, path, error)
      }
    }
  },
})
