import { column } from '@quarry/tables/define-table'
import type { StoredEvent } from '../store/types.ts'
import { pidOf } from './read/derived-columns.ts'
import { eventColumns, eventedTable } from './read/evented-table.ts'

/** Numbers of the audit system (linux/audit.h): USER_LOGIN, USER_LOGOUT and USER_START. */
const types: Record<string, number> = { 4624: 1112, 4625: 1112, 4634: 1113, 4648: 1105 }
const words: Record<string, string> = { 4624: 'login', 4625: 'login', 4634: 'logout', 4648: 'session_open' }
const failed = 4625

export default eventedTable({
  name: 'user_events',
  description:
    'Sign-ins, failures and uses of sudo and su, under the names that osquery gives them. The same events as sophos_winsec_journal, which knows more.',
  columns: {
    uid: column.bigint('User id of the process that decided; NULL where it is not known.'),
    auid: column.bigint('User of the audit session; not recorded, so NULL.'),
    pid: column.bigint('Process id of the process that decided.'),
    message: column.text('What happened, in the form of the audit system.'),
    type: column.integer('1112 for a sign-in, 1113 for a sign-out, 1105 for acting as another user.'),
    path: column.text('Program that decided: sshd, sudo, su, login.'),
    address: column.text('Address that it came from.', { pivotType: 'ipAddress' }),
    terminal: column.text('Terminal.'),
    ...eventColumns,
  },
  examples: ["SELECT time, message, address FROM user_events WHERE time > 0 AND message LIKE '%res=failed%'"],
  sources: [
    {
      subject: 'WinSec',
      columns: ['event_type', 'username', 'source', 'data'],
      process: { uid: 'uid' },
      rows: rowsOf,
    },
  ],
})

function rowsOf({ row: { event_type, username, source, data, sophos_pid } }: StoredEvent) {
  const id = String(event_type)
  const { processName: path = null, terminal = null } = read(data)
  const message = [
    `op=${words[id] ?? id}`,
    `acct="${username ?? ''}"`,
    `exe="${path ?? '?'}"`,
    `addr=${source ?? '?'}`,
    `terminal=${terminal ?? '?'}`,
    `res=${event_type === failed ? 'failed' : 'success'}`,
  ].join(' ')
  return [{ pid: pidOf(sophos_pid), message, type: types[id], path, address: source, terminal }]
}

/** The JSON of a sign-in; nothing of it where it is damaged. */
function read(data: unknown): { processName?: string; terminal?: string } {
  try {
    return JSON.parse(String(data)) ?? {}
  } catch {
    return {}
  }
}
