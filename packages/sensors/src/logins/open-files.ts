import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenSource, type SourceContext, SourceUnavailable } from '../source.ts'
import { LoginFeed } from './feed.ts'
import { FollowedFile, type Place } from './follow-file.ts'
import { Lines } from './lines.ts'
import { parseSyslog } from './parse-syslog.ts'
import { LoginState } from './state.ts'
import { followUtmp } from './utmp-files.ts'

/** Where syslog daemons write what is about signing in: Debian's and Red Hat's place. */
const logs = ['var/log/auth.log', 'var/log/secure']
const records = ['var/log/wtmp', 'var/log/btmp', 'run/utmp']

/**
 * Follows the files that keep sign-ins.
 * @param which `logs` and the records of utmp beside them, or the records alone
 * @throws SourceUnavailable when there is none
 */
export function openFiles(context: SourceContext, which: 'logs' | 'records'): OpenSource {
  const there = (which === 'logs' ? logs : records).filter((path) => existsSync(join(context.root, path)))
  if (there.length === 0) {
    throw new SourceUnavailable(
      which === 'logs'
        ? 'There is no /var/log/auth.log and no /var/log/secure; the package rsyslog writes them.'
        : 'There is no /var/log/wtmp, where programs keep who signed in.',
    )
  }
  const state = new LoginState(context.stateDir, context.log)
  const feed = new LoginFeed(context)
  const lines = (which === 'logs' ? there : []).map((path) =>
    followLog(context, path, state.kept.files, feed),
  )
  const utmp = followUtmp(context.root, state.kept.files, feed)
  const all = [...lines.map(({ file }) => file), ...utmp]
  const places = () => ({
    ...state.kept,
    files: Object.fromEntries([
      ...utmp.flatMap(({ path, place }) => (place ? [[path, place] as const] : [])),
      ...lines.flatMap(({ file: { path, place }, lines }) =>
        place ? [[path, { ...place, offset: place.offset - lines.pending }] as const] : [],
      ),
    ]) as Record<string, Place>,
  })
  let lost = 0
  const read = () => {
    for (const file of all) file.read()
    for (const { lines: each } of lines) lost += each.takeSkipped()
  }
  return {
    fds: [],
    tick(now) {
      read()
      feed.tick(now)
      state.tick(places())
    },
    lost() {
      const login = lost
      lost = 0
      return login > 0 ? { login } : {}
    },
    close() {
      read()
      feed.end()
      state.end(places())
      for (const file of all) file.close()
    },
  }
}

function followLog(context: SourceContext, path: string, places: Record<string, Place>, feed: LoginFeed) {
  const lines = new Lines((text) => {
    const line = parseSyslog(text, Date.now())
    if (line) feed.line(line)
  })
  const whole = join(context.root, path)
  return { lines, file: new FollowedFile(whole, places[whole], lines) }
}
