import { column, defineTable } from '../define-table.ts'
import { numberAt, textAt } from '../json/read-json.ts'
import { askLxd, listLxd } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_cluster_members',
  description: 'Machines of the cluster of LXD that this machine is in; empty without a cluster.',
  platforms: ['linux'],
  columns: {
    server_name: column.text('Name of the machine in the cluster.'),
    url: column.text('Address at which it is reached.'),
    database: column.integer('1 when it holds the cluster’s database, else 0.'),
    status: column.text('State of the machine, such as Online or Evacuated.'),
    message: column.text('State in words.'),
  },
  examples: ['SELECT server_name, url, status FROM lxd_cluster_members'],
  estimatedRows: 3,

  *rows(host, scan) {
    // Without a cluster LXD has no list, and calls the question an error.
    if (numberAt(askLxd(host, scan, 'cluster'), 'enabled') !== 1) return
    for (const one of listLxd(host, scan, 'cluster/members'))
      yield {
        server_name: textAt(one, 'server_name'),
        url: textAt(one, 'url'),
        database: numberAt(one, 'database'),
        status: textAt(one, 'status'),
        message: textAt(one, 'message'),
      }
  },
})
