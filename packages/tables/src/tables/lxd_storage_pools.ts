import { column, defineTable } from '../define-table.ts'
import { numberAt, textAt } from '../json/read-json.ts'
import { askLxd, listLxd } from '../lxd/ask-lxd.ts'

const fromResources = ['space_used', 'space_total', 'inodes_used', 'inodes_total'] as const

export default defineTable({
  name: 'lxd_storage_pools',
  description: 'Places in which LXD keeps instances and images.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the pool.'),
    driver: column.text('Driver of the pool, such as dir, zfs or btrfs.'),
    source: column.text('Folder, device or data set that holds it.'),
    size: column.text('Size that it was made with, such as 30GiB; empty where it has none of its own.'),
    space_used: column.bigint('Bytes in use.'),
    space_total: column.bigint('Bytes in all.'),
    inodes_used: column.bigint('Inodes in use; 0 where the driver does not count them.'),
    inodes_total: column.bigint('Inodes in all; 0 where the driver does not count them.'),
  },
  examples: ['SELECT name, driver, space_used * 100.0 / space_total AS percent FROM lxd_storage_pools'],
  estimatedRows: 2,

  *rows(host, scan) {
    const asksResources = fromResources.some((name) => scan.uses(name))
    for (const one of listLxd(host, scan, 'storage-pools')) {
      const name = textAt(one, 'name') ?? ''
      const resources = asksResources
        ? askLxd(host, scan, `storage-pools/${encodeURIComponent(name)}/resources`)
        : undefined
      yield {
        name,
        driver: textAt(one, 'driver'),
        source: textAt(one, 'config', 'source') ?? '',
        size: textAt(one, 'config', 'size') ?? '',
        space_used: numberAt(resources, 'space', 'used'),
        space_total: numberAt(resources, 'space', 'total'),
        inodes_used: numberAt(resources, 'inodes', 'used'),
        inodes_total: numberAt(resources, 'inodes', 'total'),
      }
    }
  },
})
