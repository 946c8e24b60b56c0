import { isIP } from 'node:net'
import { type Login, logonType } from './login.ts'

const line = /^pam_[a-z0-9_]+\(([^\s:()]+):(auth|session)\): (.*)$/s
const opened = /^session opened for user (.+?)(?:\(uid=\d+\))? by ([^()]*)\(uid=(\d+)\)$/
const closed = /^session closed for user (.+)$/
const failure =
  /^authentication failure; logname=(.*) uid=\d+ euid=\d+ tty=(.*) ruser=(.*) rhost=(\S*) *(?:user=(.*))?$/

/** Services that only run what was planned, and the second session that comes with each sign-in. */
const noSignIn = new Set(['cron', 'crond', 'atd', 'systemd-user'])
/** They say themselves who signed in, with more than PAM knows. */
const speakForThemselves = new Set(['sshd', 'sudo', 'sudo-i'])
/** They are about acting as somebody else. */
const changers = new Set(['su', 'su-l', 'runuser', 'runuser-l', 'polkit-1', 'doas', 'pkexec'])
const atTheMachine =
  /^(login|gdm|lightdm|sddm|kdm|xdm|lxdm|greetd|xscreensaver|vlock|swaylock|i3lock|cinnamon|gnome|kde|remote$)/

/** What PAM says of any program that signs people in. */
export function readPam(message: string): Login | undefined {
  const [, service, kind, rest] = line.exec(message) ?? []
  if (!service || rest === undefined || noSignIn.has(service)) return undefined
  return kind === 'auth' ? readFailure(service, rest) : readSession(service, rest)
}

function readSession(service: string, rest: string): Login | undefined {
  const end = closed.exec(rest)?.[1]
  if (end !== undefined) {
    // Who acted as somebody else is not signed out by the end of it.
    if (changers.has(service) || service.startsWith('sudo')) return undefined
    return { eventId: 4634, user: end, logonType: typeOf(service), processName: service }
  }
  const [, user, by] = opened.exec(rest) ?? []
  if (user === undefined || speakForThemselves.has(service)) return undefined
  if (!changers.has(service)) return { eventId: 4624, user, logonType: typeOf(service), processName: service }
  return {
    eventId: 4648,
    user,
    ...(by && { subjectUser: by }),
    logonType: logonType.local,
    processName: nameOf(service),
  }
}

function readFailure(service: string, rest: string): Login | undefined {
  const [whole, , terminal, by, host, user = ''] = failure.exec(rest) ?? []
  if (whole === undefined || speakForThemselves.has(service)) return undefined
  return {
    eventId: 4625,
    user,
    ...(by && { subjectUser: by }),
    ...(host && isIP(host) !== 0 && { address: host }),
    logonType: host && service !== 'login' ? logonType.network : typeOf(service),
    processName: nameOf(service),
    ...(terminal && { terminal: terminal.replace(/^\/dev\//, '') }),
    status: 'authentication failure',
  }
}

const nameOf = (service: string) => service.replace(/^(su|runuser)-l$/, '$1')

function typeOf(service: string): number {
  if (service === 'sshd' || service.startsWith('xrdp')) return logonType.remoteShell
  return changers.has(service) || atTheMachine.test(service) ? logonType.local : logonType.network
}
