import { openFiles } from '../logins/open-files.ts'
import type { Source } from '../source.ts'

/** Sign-ins as programs report them to the log files of syslog, and what utmp knows beside. */
const source: Source = {
  name: 'auth_log',
  layers: ['login'],
  rank: 20,
  limits: [
    'Any user of the device can write a line that looks like a sign-in to the log; the systemd journal would tell who wrote it.',
    'Sessions of cron, of at and of the systemd user manager are left out.',
  ],
  open: async (context) => openFiles(context, 'logs'),
}
export default source
