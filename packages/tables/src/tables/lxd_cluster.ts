import { column, defineTable } from '../define-table.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'
import { askLxd } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_cluster',
  description:
    'The cluster of LXD that this machine is in, one row for each setting that a new member is asked for.',
  platforms: ['linux'],
  columns: {
    server_name: column.text('Name of this machine in the cluster; empty without one.'),
    enabled: column.integer('1 when LXD is in a cluster, else 0.'),
    member_config_entity: column.text(
      'Kind of what is set, such as storage-pool or network; NULL for nothing.',
    ),
    member_config_name: column.text('Name of what is set.'),
    member_config_key: column.text('Name of the setting.'),
    member_config_value: column.text('Value of the setting.'),
    member_config_description: column.text('What the setting is, in words.'),
  },
  examples: ['SELECT DISTINCT server_name, enabled FROM lxd_cluster'],
  estimatedRows: 3,

  *rows(host, scan) {
    const cluster = askLxd(host, scan, 'cluster')
    if (!cluster) return
    const settings = listAt(cluster, 'member_config')
    for (const one of settings.length > 0 ? settings : [{}])
      yield {
        server_name: textAt(cluster, 'server_name'),
        enabled: numberAt(cluster, 'enabled'),
        member_config_entity: textAt(one, 'entity'),
        member_config_name: textAt(one, 'name'),
        member_config_key: textAt(one, 'key'),
        member_config_value: textAt(one, 'value'),
        member_config_description: textAt(one, 'description'),
      }
  },
})
