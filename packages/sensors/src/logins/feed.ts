import { BoundedMap } from '../bounded-map.ts'
import { readRef, readStat } from '../proc/process-stat.ts'
import type { SourceContext } from '../source.ts'
import type { Login, LogLine } from './login.ts'
import { readLine } from './read-line.ts'
import { type UtmpRecord, utmpType } from './read-utmp.ts'
import { ToldLogins } from './told.ts'

/** A record of utmp waits so long for the line of a log that says more, in milliseconds. */
const patience = 2500
/** A process of a line that is older may be another one by now. */
const recent = 10_000

interface Waiting {
  login: Login
  at: number
  pid: number
  since: number
}

/** Takes lines of logs and records of utmp, and tells each sign-in once. */
export class LoginFeed {
  readonly #context: SourceContext
  readonly #root: string
  readonly #told = new ToldLogins()
  /** Who is signed in at which terminal, by the records. */
  readonly #terminals = new BoundedMap<string, Login>(1000)
  #waiting: Waiting[] = []

  constructor(context: SourceContext) {
    this.#context = context
    this.#root = context.root.replace(/\/+$/, '')
  }

  line(line: LogLine) {
    const login = readLine(line)
    if (login) this.login(login, line)
  }

  /** What a line was read as. */
  login(login: Login, line: LogLine) {
    const news = this.#told.fromLog(login, line)
    if (news) this.#tell(news, line.at, line.pid)
  }

  /** A record of wtmp, or of btmp, which keeps failures. */
  record(record: UtmpRecord, failed: boolean) {
    const login = failed ? failure(record) : this.#signIn(record)
    if (login) this.#waiting.push({ login, at: record.at, pid: record.pid, since: Date.now() })
  }

  tick(now: number) {
    // Whichever way the clock was set meanwhile.
    const waited = ({ since }: Waiting) => Math.abs(now - since) >= patience
    const ready = this.#waiting.filter(waited)
    if (ready.length === 0) return
    this.#waiting = this.#waiting.filter((each) => !waited(each))
    for (const { login, at, pid } of ready) {
      if (!this.#told.isNews(login, at)) continue
      const processName = now - at < recent ? (readStat(this.#root, pid)?.comm ?? '') : ''
      this.#tell({ ...login, processName }, at, pid)
    }
  }

  /** For an orderly end: tells what still waits. */
  end() {
    this.tick(Number.POSITIVE_INFINITY)
  }

  #signIn(record: UtmpRecord): Login | undefined {
    const { type, terminal } = record
    if (type === utmpType.user) {
      const login = fromRecord(record, 4624)
      this.#terminals.set(terminal, login)
      return login
    }
    const before = type === utmpType.dead ? this.#terminals.get(terminal) : undefined
    if (!before) return undefined
    this.#terminals.delete(terminal)
    return { ...before, eventId: 4634 }
  }

  #tell(login: Login, at: number, pid: number | undefined) {
    const young = Math.abs(Date.now() - at) < recent
    const process = pid !== undefined && young ? readRef(this.#root, pid) : undefined
    this.#context.emit({ type: 'login', at, ...(process && { process }), ...login })
  }
}

function failure(record: UtmpRecord): Login {
  return { ...fromRecord(record, 4625), status: 'failed' }
}

function fromRecord({ user, terminal, host, address }: UtmpRecord, eventId: Login['eventId']): Login {
  // A display such as `:0` is at the machine.
  const remote = address !== undefined || (host !== '' && !host.startsWith(':'))
  return {
    eventId,
    user,
    ...(address && { address }),
    logonType: remote ? 10 : 2,
    processName: '',
    ...(terminal && { terminal }),
  }
}
