import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { namespaceId } from '../proc/namespaces.ts'
import { askedPids } from '../proc/pids.ts'

const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const

export default defineTable({
  name: 'process_namespaces',
  description: 'Namespaces that processes live in; those of containers differ from those of process 1.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Id of the process.', { index: true }),
    cgroup_namespace: column.text('Inode of the control group namespace.'),
    ipc_namespace: column.text('Inode of the namespace of shared memory and message queues.'),
    mnt_namespace: column.text('Inode of the namespace of mounts.'),
    net_namespace: column.text('Inode of the network namespace.'),
    pid_namespace: column.text('Inode of the namespace of process ids.'),
    user_namespace: column.text('Inode of the namespace of users.'),
    uts_namespace: column.text('Inode of the namespace of the host name.'),
  },
  examples: ['SELECT net_namespace, count(*) AS processes FROM process_namespaces GROUP BY net_namespace'],
  estimatedRows: 300,

  *rows(host, scan) {
    for (const pid of askedPids(host, scan, scan.integers('pid'))) {
      const row: Record<string, string> = {}
      for (const kind of kinds) {
        if (!scan.uses(`${kind}_namespace`)) continue
        const link = attempt(scan, () => host.readlink(`/proc/${pid}/ns/${kind}`))
        if (link !== undefined) row[`${kind}_namespace`] = namespaceId(link)
      }
      if (Object.keys(row).length > 0 || host.exists(`/proc/${pid}`)) yield { pid, ...row }
    }
  },
})
