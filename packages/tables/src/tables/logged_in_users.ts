import { column, defineTable } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { sessionRecords } from '../logins/sessions.ts'
import { loginRecords } from '../logins/utmp.ts'

/** Types of utmp(5) in osquery’s words. */
const typeNames = [
  'empty',
  'runlevel',
  'boot_time',
  'new_time',
  'old_time',
  'init',
  'login',
  'user',
  'dead',
  'accounting',
]

export default defineTable({
  name: 'logged_in_users',
  description:
    'Who is signed in, and when the device started, from /run/utmp; without it the sessions of systemd-logind.',
  platforms: ['linux'],
  columns: {
    type: column.text(
      'Kind of the entry: user for someone who is signed in, or boot_time, runlevel, login, dead.',
    ),
    user: column.text('Name of the user.', { pivotType: 'username' }),
    tty: column.text('Terminal, without /dev/.'),
    host: column.text('Name or address that the sign-in came from; of a start the release of the kernel.'),
    time: column.bigint('When the entry was made, in unix seconds.'),
    pid: column.integer('Process of the sign-in.'),
  },
  examples: ["SELECT user, tty, host, datetime(time, 'unixepoch') FROM logged_in_users WHERE type = 'user'"],
  estimatedRows: 10,

  *rows(host, scan) {
    const utmp = ['/run/utmp', '/var/run/utmp'].find((path) => host.exists(path))
    try {
      for (const { type, ...entry } of utmp ? loginRecords(host, utmp) : sessionRecords(host)) {
        yield { type: typeNames[type] ?? 'unknown', ...entry }
      }
    } catch (error) {
      if (isAbsent(error)) {
        scan.warn('The device keeps neither utmp nor systemd-logind sessions.', 'table_unavailable')
      } else warnUnread(scan, utmp ?? '/run/systemd/sessions', error)
    }
  },
})
