import { openGroup } from '../fanotify/group.ts'
import type { Source } from '../source.ts'

/**
 * Every change to a file of every file system, told by the kernel. Marks live as long as the group's descriptor: when the process
 * ends, however that happens, they are gone, and nothing has to be put back.
 */
const source: Source = {
  name: 'fanotify',
  layers: ['file'],
  rank: 50,
  limits: [
    'A file counts as changed when whoever wrote to it closes it; a log file that stays open is not told until then.',
    'The kernel says that attributes changed, not which: of a file that was not seen before, permissions are assumed.',
    'Files on network and FUSE file systems, and on file systems that only a container has mounted, are not seen.',
    'A program that has ended before the change was read is not always known.',
  ],
  async open(context) {
    return openGroup(context, ['targets', 'names'])
  },
}
export default source
