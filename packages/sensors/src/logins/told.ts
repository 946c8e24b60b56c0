import { BoundedMap } from '../bounded-map.ts'
import type { Login, LogLine } from './login.ts'

const most = 2000
/** One run of su asks once, and says how it went twice: by PAM and by itself, some seconds later. */
const sameRun = 10_000
const sameMoment = 1000
/** So far apart, in milliseconds, may a log and utmp say the same. */
const sameSignIn = 5000
/** A connection is given up so long after the last attempt. */
const sameConnection = 600_000

interface Told extends Login {
  at: number
  /** A record of utmp said the same. */
  matched: boolean
}

/** Knows what was told of late, so that one sign-in is told once, whoever else reports it. */
export class ToldLogins {
  readonly #byRun = new BoundedMap<string, number>(most)
  readonly #byConnection = new BoundedMap<string, number>(most)
  /** Who came on a connection, by the process that serves it. */
  readonly #connections = new BoundedMap<number, Pick<Login, 'user' | 'address' | 'port'>>(most)
  #fromLog: Told[] = []

  /** What is to be told of a line of a log; undefined when it was told already. */
  fromLog(login: Login, line: LogLine): Login | undefined {
    const told = login.processName === 'sshd' ? this.#sshd(login, line) : this.#others(login, line)
    if (!told) return undefined
    const { echo: _, ...rest } = told
    this.#fromLog.push({ ...rest, at: line.at, matched: false })
    if (this.#fromLog.length > most) this.#fromLog.splice(0, most / 2)
    return rest
  }

  /** Whether a record of utmp says something new. Each line of a log stands for one record. */
  isNews(login: Login, at: number): boolean {
    const same = this.#fromLog.find(
      (told) =>
        !told.matched &&
        told.eventId === login.eventId &&
        told.user.slice(0, 32) === login.user &&
        Math.abs(told.at - at) <= sameSignIn &&
        (!told.address || !login.address || told.address === login.address),
    )
    if (same) same.matched = true
    return !same
  }

  #sshd(login: Login, { at, pid }: LogLine): Login | undefined {
    const known =
      login.eventId === 4634 && !login.address && pid !== undefined ? this.#connections.get(pid) : undefined
    const whole = known?.user === login.user ? { ...login, ...known, logonType: 10 } : login
    const { eventId, user, address, port } = whole
    if (eventId === 4624 && pid !== undefined) this.#connections.set(pid, { user, address, port })
    const key = `${eventId} ${user} ${address ?? ''} ${port ?? ''}`
    const before = this.#byConnection.get(key)
    const again = before !== undefined && Math.abs(at - before) < sameConnection
    this.#byConnection.set(key, at)
    // Failures repeat on one connection; its end, and that it was given up, does not.
    return again && (login.echo || eventId === 4634) ? undefined : whole
  }

  #others(login: Login, { at, pid }: LogLine): Login | undefined {
    if (pid === undefined) return login
    const key = `${login.eventId} ${login.processName} ${pid} ${login.processName === 'su' ? '' : login.user}`
    const before = this.#byRun.get(key)
    this.#byRun.set(key, at)
    const within = login.processName === 'su' ? sameRun : sameMoment
    return before !== undefined && Math.abs(at - before) < within ? undefined : login
  }
}
