import { column, defineTable } from '../define-table.ts'
import { descriptors } from '../proc/fds.ts'
import { askedPids } from '../proc/pids.ts'

export default defineTable({
  name: 'process_open_files',
  description:
    'Files that processes hold open, one row for each descriptor; sockets, pipes and the like are left out.',
  platforms: ['linux'],
  columns: {
    pid: column.bigint('Id of the process.', { index: true }),
    fd: column.bigint('Number of the descriptor in the process.'),
    path: column.text('Path of the file, with ` (deleted)` behind it when it is gone.', {
      pivotType: 'filePath',
    }),
  },
  examples: [
    "SELECT p.name, f.path FROM process_open_files f JOIN processes p USING (pid) WHERE f.path LIKE '%(deleted)'",
  ],
  estimatedRows: 2000,

  *rows(host, scan) {
    for (const pid of askedPids(host, scan, scan.integers('pid'))) {
      for (const { fd, link } of descriptors(host, scan, pid)) {
        if (link.startsWith('/')) yield { pid, fd, path: link }
      }
    }
  },
})
