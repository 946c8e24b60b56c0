import { openFiles } from '../logins/open-files.ts'
import type { Source } from '../source.ts'

/** Sign-ins as the records of wtmp and btmp keep them. */
const source: Source = {
  name: 'utmp',
  layers: ['login'],
  rank: 10,
  limits: [
    'Only sign-ins at a terminal and their failures are seen; who acts as another user by sudo or su is not.',
    'Names of users are cut after 32 bytes.',
  ],
  open: async (context) => openFiles(context, 'records'),
}
export default source
