import { column, defineTable } from '../define-table.ts'
import { linesOf } from '../files/text-files.ts'

export default defineTable({
  name: 'shadow',
  description:
    'Passwords of local users: whether there is one, how it is hashed and when it ends. The hashes themselves are not shown.',
  platforms: ['linux'],
  columns: {
    password_status: column.text(
      'State of the password: active, locked, not_set (never set), empty (none is asked for).',
    ),
    hash_alg: column.text(
      'Id of the hash: 1 is MD5, 5 SHA-256, 6 SHA-512, y yescrypt, 2b bcrypt; empty where there is none.',
    ),
    last_change: column.bigint('Day of the last change, in days since 1970; −1 where it is not kept.'),
    min: column.bigint('Days that have to pass between two changes; −1 for no limit.'),
    max: column.bigint('Days after which the password has to be changed; −1 for no limit.'),
    warning: column.bigint('Days before the end from which on the user is warned; −1 for no warning.'),
    inactive: column.bigint('Days after the end in which it still works; −1 for no limit.'),
    expire: column.bigint('Day on which the account ends, in days since 1970; −1 for never.'),
    flag: column.bigint('Reserved field; −1 where it is empty.'),
    username: column.text('Name of the user.', { index: true, pivotType: 'username' }),
  },
  examples: [
    "SELECT username, hash_alg FROM shadow WHERE password_status = 'active'",
    "SELECT username FROM shadow WHERE password_status = 'empty'",
  ],
  estimatedRows: 40,

  *rows(host, scan) {
    const asked = scan.texts('username')
    for (const line of linesOf(host, scan, '/etc/shadow')) {
      const [username, password, ...days] = line.split(':')
      if (!username || password === undefined || /^[#+-]/.test(username)) continue
      if (asked && !asked.includes(username)) continue
      const [last_change, min, max, warning, inactive, expire, flag] = days.map(wholeDays)
      yield {
        password_status: statusOf(password),
        hash_alg: /^!?\$([^$]+)\$/.exec(password)?.[1] ?? '',
        last_change: last_change ?? -1,
        min: min ?? -1,
        max: max ?? -1,
        warning: warning ?? -1,
        inactive: inactive ?? -1,
        expire: expire ?? -1,
        flag: flag ?? -1,
        username,
      }
    }
  },
})

const wholeDays = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : -1)

/** The words and their conditions are those of osquery’s table. */
function statusOf(password: string): string {
  if (password === '') return 'empty'
  if (password === '!!') return 'not_set'
  return /^[!*x]/.test(password) ? 'locked' : 'active'
}
