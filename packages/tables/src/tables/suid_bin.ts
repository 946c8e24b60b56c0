import { groupsOf, usersOf } from '../accounts/accounts.ts'
import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { expand } from '../host/glob.ts'

/** Where osquery looks. Where /bin is a symlink to /usr/bin, its files have two paths and two rows. */
const folders = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/tmp']
const setUser = 0o4000n
const setGroup = 0o2000n

export default defineTable({
  name: 'suid_bin',
  description:
    'Programs that run with the rights of their owner or group, in the usual folders of programs and in /tmp. To search elsewhere ask `file` for its `mode`.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path of the program.', { pivotType: 'filePath' }),
    username: column.text('Owner of the program; its number where the machine has no name for it.', {
      pivotType: 'username',
    }),
    groupname: column.text('Group of the program; its number where the machine has no name for it.'),
    permissions: column.text('S for set-user-id, G for set-group-id, SG for both.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: ["SELECT path, permissions FROM suid_bin WHERE username = 'root'"],
  estimatedRows: 40,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const users = new Map(
        scan.uses('username') ? [...usersOf(host, scan)].map((one) => [one.uid, one.name]) : [],
      )
      const groups = new Map(
        scan.uses('groupname') ? [...groupsOf(host, scan)].map((one) => [one.gid, one.name]) : [],
      )
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      for (const folder of folders) {
        for (const path of expand(host, `${folder}/%%`, skip)) {
          try {
            const stat = host.lstat(path)
            const permissions = `${stat.mode & setUser ? 'S' : ''}${stat.mode & setGroup ? 'G' : ''}`
            if (!permissions || !stat.isFile()) continue
            yield {
              path,
              username: users.get(Number(stat.uid)) ?? String(stat.uid),
              groupname: groups.get(Number(stat.gid)) ?? String(stat.gid),
              permissions,
              pid_with_namespace: pid,
            }
          } catch (error) {
            if (!isAbsent(error)) skip(path, error)
          }
        }
      }
    }
  },
})
