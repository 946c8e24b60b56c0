import { signed, usersOf } from '../accounts/accounts.ts'
import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'

export default defineTable({
  name: 'users',
  description:
    'Local user accounts, one row for each line of /etc/passwd. Accounts of a directory service such as LDAP are not listed.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('User id.', { index: true }),
    gid: column.bigint('Id of the user’s primary group.'),
    uid_signed: column.bigint('User id as a signed number of 32 bits.'),
    gid_signed: column.bigint('Group id as a signed number of 32 bits.'),
    username: column.text('Name of the user.', { additional: true, pivotType: 'username' }),
    description: column.text('Full name or other comment on the user.'),
    directory: column.text('Home folder.', { pivotType: 'filePath' }),
    shell: column.text('Program that a sign-in starts.', { pivotType: 'filePath' }),
    uuid: column.text('What journals call `sid`: the user id as text. An account of Linux has no UUID.', {
      index: true,
    }),
    pid_with_namespace: pidWithNamespace,
    include_remote: column.integer(
      'Whether accounts of a directory service are asked for; they are not read.',
      {
        additional: true,
        hidden: true,
      },
    ),
  },
  examples: [
    "SELECT username, directory, shell FROM users WHERE shell NOT LIKE '%nologin'",
    'SELECT username FROM users WHERE uid = 0',
  ],
  estimatedRows: 40,

  *rows(machine, scan) {
    const remote = scan.integers('include_remote')?.[0] ?? 0
    if (remote !== 0) scan.warn('Accounts of a directory service are not read; the users are local ones.')
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const user of usersOf(host, scan)) {
        yield {
          uid: user.uid,
          gid: user.gid,
          uid_signed: signed(user.uid),
          gid_signed: signed(user.gid),
          username: user.name,
          description: user.description,
          directory: user.directory,
          shell: user.shell,
          uuid: String(user.uid),
          pid_with_namespace: pid,
          include_remote: remote,
        }
      }
    }
  },
})
