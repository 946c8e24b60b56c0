import type { Login, LogLine } from './login.ts'
import { readPam } from './read-pam.ts'
import { readSshd } from './read-sshd.ts'
import { readSu } from './read-su.ts'
import { readSudo } from './read-sudo.ts'

/** rsyslog says so instead of the same line again and again. */
const repeated = /^message repeated (\d+) times: \[ ?(.*)\]$/s

/** What a line of the log says about a sign-in; undefined when it is about something else. */
export function readLine({ program, message }: Pick<LogLine, 'program' | 'message'>): Login | undefined {
  const [, times, inner] = repeated.exec(message) ?? []
  if (times && inner !== undefined) {
    const login = readLine({ program, message: inner })
    return login && { ...login, status: [login.status, `${times} times`].filter(Boolean).join(', ') }
  }
  if (message.startsWith('pam_')) return readPam(message)
  if (/^sshd(-session|-auth)?$/.test(program)) return readSshd(message)
  if (program === 'sudo') return readSudo(message)
  if (program === 'su') return readSu(message)
  return undefined
}
