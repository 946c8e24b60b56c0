import { column, defineTable } from '../define-table.ts'
import { openPipes } from '../proc/pipes.ts'

export default defineTable({
  name: 'process_open_pipes',
  description:
    'Pipes between processes: each descriptor of a pipe together with each other descriptor of the same one.',
  platforms: ['linux'],
  columns: {
    pid: column.bigint('Id of the process.'),
    fd: column.bigint('Number of the descriptor in the process.'),
    mode: column.text('How the process opened it: r to read, w to write, rw for both.'),
    inode: column.bigint('Inode of the pipe.'),
    type: column.text('Kind of pipe: named (a FIFO in a folder) or anonymous.'),
    partner_pid: column.bigint('Process at another descriptor of the same pipe.'),
    partner_fd: column.bigint('Number of the descriptor there.'),
    partner_mode: column.text('How the other process opened it.'),
  },
  examples: ['SELECT pid, partner_pid FROM process_open_pipes WHERE pid <> partner_pid'],
  estimatedRows: 500,

  *rows(host, scan) {
    for (const ends of openPipes(host, scan).values()) {
      for (const end of ends) {
        for (const partner of ends) {
          if (partner === end || partner.pid === end.pid) continue
          yield { ...end, partner_pid: partner.pid, partner_fd: partner.fd, partner_mode: partner.mode }
        }
      }
    }
  },
})
