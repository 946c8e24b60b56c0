import type { Host } from '../host/host.ts'
import { readAssignments } from '../system/read-value.ts'
import type { LoginRecord } from './utmp.ts'

const folder = '/run/systemd/sessions'
const userProcess = 7

/** The sessions of systemd-logind as sign-ins, for systems that no longer keep utmp. Throws when it has no folder. */
export function* sessionRecords(host: Host): Generator<LoginRecord> {
  for (const name of host.list(folder)) {
    if (name.endsWith('.ref')) continue
    const session = readAssignments(host, `${folder}/${name}`)
    const user = session.get('USER')
    // A manager runs for a user, but nobody sits at it.
    if (!user || session.get('CLASS')?.startsWith('manager')) continue
    yield {
      type: userProcess,
      pid: Number(session.get('LEADER') ?? 0),
      tty: session.get('TTY') ?? '',
      user,
      host: session.get('REMOTE_HOST') ?? '',
      time: Math.floor(Number(session.get('REALTIME') ?? 0) / 1_000_000),
    }
  }
}
