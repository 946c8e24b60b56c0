import { hostRoot, type OpenSource, type SourceContext } from '../source.ts'
import { LoginFeed } from './feed.ts'
import { endOfJournal, FollowedJournal } from './follow-journal.ts'
import { namesOfUsers, readJournalEntry } from './journal-entry.ts'
import { LoginState } from './state.ts'
import { followUtmp } from './utmp-files.ts'

/**
 * Follows the systemd journal, and the records of utmp beside it.
 * @throws SourceUnavailable when this host has no journal that could be read
 */
export async function openJournal(context: SourceContext): Promise<OpenSource> {
  const root = hostRoot(context)
  const end = await endOfJournal(root)
  const state = new LoginState(context.stateDir, context.log)
  let cursor = state.kept.cursor ?? end
  const feed = new LoginFeed(context)
  const nameOf = namesOfUsers(root)
  const journal = new FollowedJournal(
    root,
    () => cursor,
    (json) => {
      const { cursor: at, line, login } = readJournalEntry(json, nameOf)
      if (at) cursor = at
      if (line && login) feed.login(login, line)
    },
    context.log,
  )
  const utmp = followUtmp(context.root, state.kept.files, feed)
  const places = () => ({
    cursor,
    files: Object.fromEntries(utmp.flatMap(({ path, place }) => (place ? [[path, place] as const] : []))),
  })
  return {
    fds: [],
    tick(now) {
      for (const file of utmp) file.read()
      feed.tick(now)
      journal.tick()
      state.tick(places())
    },
    lost() {
      const login = journal.takeSkipped()
      return login > 0 ? { login } : {}
    },
    async close() {
      await journal.close()
      feed.end()
      state.end(places())
      for (const file of utmp) file.close()
    },
  }
}
