import { openJournal } from '../logins/open-journal.ts'
import type { Source } from '../source.ts'

/** Sign-ins as programs report them to the systemd journal, which tells who wrote a line, and what utmp knows beside. */
const source: Source = {
  name: 'journald',
  layers: ['login'],
  rank: 30,
  limits: [
    'A line is believed when root wrote it, also root in a container that is given the socket of the log.',
    'Sessions of cron, of at and of the systemd user manager are left out.',
  ],
  open: openJournal,
}
export default source
