import { groupsOf, signed } from '../accounts/accounts.ts'
import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'

export default defineTable({
  name: 'groups',
  description: 'Local groups, one row for each line of /etc/group.',
  platforms: ['linux'],
  columns: {
    gid: column.bigint('Group id.', { index: true }),
    gid_signed: column.bigint('Group id as a signed number of 32 bits.'),
    groupname: column.text('Name of the group.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: ["SELECT gid FROM groups WHERE groupname = 'sudo'"],
  estimatedRows: 60,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const { name, gid } of groupsOf(host, scan)) {
        yield { gid, gid_signed: signed(gid), groupname: name, pid_with_namespace: pid }
      }
    }
  },
})
