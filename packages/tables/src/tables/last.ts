import { column, defineTable } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { loginRecords } from '../logins/utmp.ts'

/** Types of utmp(5) by their names there. */
const typeNames = [
  'empty',
  'run-level',
  'boot-time',
  'new-time',
  'old-time',
  'init-process',
  'login-process',
  'user-process',
  'dead-process',
  'accounting',
]

/** The file that is written, and the one before it. */
const files = ['/var/log/wtmp.1', '/var/log/wtmp']

export default defineTable({
  name: 'last',
  description: 'Sign-ins, sign-outs and starts of the device, oldest first, from the wtmp files.',
  platforms: ['linux'],
  columns: {
    username: column.text('Name of the user; reboot or shutdown for the device itself.', {
      pivotType: 'username',
    }),
    tty: column.text('Terminal, without /dev/.'),
    pid: column.integer('Process of the sign-in.'),
    type: column.integer('Kind of the entry: 7 is a sign-in, 8 a sign-out, 2 a start of the device.'),
    type_name: column.text('Kind of the entry in words, such as user-process or dead-process.'),
    time: column.integer('When it happened, in unix seconds.'),
    host: column.text('Name or address that the sign-in came from; of a start the release of the kernel.'),
  },
  examples: [
    "SELECT username, host, datetime(time, 'unixepoch') FROM last WHERE type_name = 'user-process' ORDER BY time DESC",
  ],

  *rows(host, scan) {
    const found = files.filter((path) => host.exists(path))
    if (found.length === 0) scan.warn('The device keeps no /var/log/wtmp.', 'table_unavailable')
    for (const path of found) {
      try {
        for (const { user, ...entry } of loginRecords(host, path)) {
          yield { username: user, ...entry, type_name: typeNames[entry.type] ?? 'unknown' }
        }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, path, error)
      }
    }
  },
})
