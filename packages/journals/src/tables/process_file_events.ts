import { column } from '@quarry/tables/define-table'
import type { KeptValue, StoredEvent } from '../store/types.ts'
import { pidOf } from './read/derived-columns.ts'
import { eventColumns, eventedTable } from './read/evented-table.ts'
import type { ProcessFacts } from './read/process-facts.ts'

/** The system call that stands for each kind of event. */
const operations = ['create', 'rename', 'unlink', 'write', 'link', 'utime', 'chmod', 'chown', 'open', 'mmap']
const unknown = 'not recorded, so NULL.'
const columns = ['event_type', 'path', 'target_path']
const process = {
  ppid: 'parent_sophos_pid',
  executable: 'path',
  cwd: 'cwd',
  uid: 'uid',
  gid: 'gid',
  euid: 'euid',
}

const shows = { path: ['path'], dest_path: ['target_path'] }

export default eventedTable({
  name: 'process_file_events',
  description:
    'Changes of files with the process that made them, under the names that osquery gives them. See sophos_file_journal.',
  columns: {
    operation: column.text(
      '`create`, `write`, `rename`, `unlink`, `link`, `chmod`, `chown`, `utime`, `open` or `mmap`.',
    ),
    pid: column.bigint('Process id.'),
    ppid: column.bigint('Process id of its parent.'),
    time: eventColumns.time,
    executable: column.text('Path of the process’s program.', { pivotType: 'filePath' }),
    partial: column.text('`true` when the process is not known, `false` otherwise.'),
    cwd: column.text('Folder that the process started in.'),
    path: column.text('Path of the file.', { pivotType: 'filePath' }),
    dest_path: column.text('Path after a rename, or of the new hard link.', { pivotType: 'filePath' }),
    uid: column.text('User id of the process.'),
    gid: column.text('Group id of the process.'),
    auid: column.text(`User of the audit session; ${unknown}`),
    euid: column.text('Effective user id of the process.'),
    egid: column.text(`Effective group id; ${unknown}`),
    fsuid: column.text(`User id for files; ${unknown}`),
    fsgid: column.text(`Group id for files; ${unknown}`),
    suid: column.text(`Saved user id; ${unknown}`),
    sgid: column.text(`Saved group id; ${unknown}`),
    uptime: eventColumns.uptime,
    eid: eventColumns.eid,
  },
  examples: [
    "SELECT time, executable, operation, path FROM process_file_events WHERE path LIKE '/etc/%' AND time > unixepoch() - 3600",
  ],
  sources: [
    { subject: 'File', columns, process, shows, rows: rowsOf },
    { subject: 'Directory', columns, process, shows, rows: rowsOf },
  ],
})

function rowsOf({ row }: StoredEvent, of: ProcessFacts) {
  return [
    {
      operation: operations[Number(row.event_type)],
      pid: pidOf(row.sophos_pid),
      ppid: pidOf(of.parent_sophos_pid),
      partial: row.sophos_pid === null ? 'true' : 'false',
      path: row.path,
      dest_path: row.target_path,
      uid: text(of.uid),
      gid: text(of.gid),
      euid: text(of.euid),
    },
  ]
}

const text = (id: KeptValue | undefined) => (id === undefined || id === null ? null : String(id))
