import { openWatches } from '../inotify/open-watches.ts'
import type { Source } from '../source.ts'

/** Changes to files in the folders that tell the most, where fanotify is not allowed. The kernel forgets the watches with the descriptor. */
const source: Source = {
  name: 'inotify',
  layers: ['file'],
  rank: 10,
  limits: [
    'Which process changed a file is not told.',
    'A file counts as changed when whoever wrote to it closes it; a log file that stays open is not told until then.',
    'What is put into a new folder at once is found by looking, and may be gone by then.',
  ],
  open: async (context) => openWatches(context),
}
export default source
