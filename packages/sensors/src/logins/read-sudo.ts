import { type Login, logonType } from './login.ts'

// Without a terminal, sudo 1.9 leaves TTY out.
const line = /^ *(.+?) : (?:((?!TTY=|PWD=|CHROOT=|USER=).*?) ; )?(?:TTY=(\S+) ; )?((?:PWD|CHROOT|USER)=.*)$/s
/** The folder before and the command after may hold anything, this too. */
const target = / ; USER=([^;]*?) ; (?=(?:(?:GROUP|TSID|ENV|CHROOT)=.*? ; )?COMMAND=)/gs

/**
 * What sudo says of one call: who acted as whom, or why not. A folder or an argument may be named so that the line names several users;
 * then root is taken if it is among them, and the status says so.
 */
export function readSudo(message: string): Login | undefined {
  const [, subjectUser, refusal, terminal, rest] = line.exec(message) ?? []
  if (!subjectUser || rest === undefined) return undefined
  const users = new Set([...` ; ${rest}`.matchAll(target)].map(([, user]) => user!))
  if (users.size === 0) return undefined
  const user = users.has('root') ? 'root' : [...users][0]!
  const status = [refusal, users.size > 1 ? 'the line names several users' : undefined]
    .filter(Boolean)
    .join('; ')
  return {
    eventId: refusal ? 4625 : 4648,
    user,
    subjectUser,
    logonType: logonType.local,
    processName: 'sudo',
    ...(terminal && terminal !== 'unknown' && { terminal }),
    ...(status && { status }),
  }
}
