import { column } from '@quarry/tables/define-table'
import { pidOf } from './read/derived-columns.ts'
import { eventColumns, eventedTable } from './read/evented-table.ts'

const unknown = 'not recorded, so NULL.'

export default eventedTable({
  name: 'process_events',
  description:
    'Starts of processes under the names that osquery gives them. The same events as sophos_process_journal, which knows more.',
  columns: {
    pid: column.bigint('Process id.'),
    path: column.text('Path of the program.', { pivotType: 'filePath' }),
    mode: column.text(`Rights of the program’s file; ${unknown}`),
    cmdline: column.text('Command line, whole.'),
    cmdline_size: column.bigint('Bytes of the command line.', { hidden: true }),
    env: column.text(`Environment; ${unknown}`, { hidden: true, aliases: ['environment'] }),
    env_count: column.bigint(`Number of its variables; ${unknown}`, {
      hidden: true,
      aliases: ['environment_count'],
    }),
    env_size: column.bigint(`Its size; ${unknown}`, { hidden: true, aliases: ['environment_size'] }),
    cwd: column.text('Folder that it started in.'),
    auid: column.bigint(`User of the audit session; ${unknown}`),
    uid: column.bigint('User id.'),
    euid: column.bigint('Effective user id.'),
    gid: column.bigint('Group id.'),
    egid: column.bigint(`Effective group id; ${unknown}`),
    owner_uid: column.bigint(`Owner of the program’s file; ${unknown}`),
    owner_gid: column.bigint(`Group of the program’s file; ${unknown}`),
    atime: column.bigint(`When the file was read; ${unknown}`, { aliases: ['access_time'] }),
    mtime: column.bigint(`When the file was changed; ${unknown}`, { aliases: ['modify_time'] }),
    ctime: column.bigint(`When its inode was changed; ${unknown}`, { aliases: ['change_time'] }),
    btime: column.bigint(`When the file was made; ${unknown}`, { aliases: ['create_time'] }),
    overflows: column.text(`What was cut off; nothing is, so NULL.`, { hidden: true }),
    parent: column.bigint('Process id of the parent.'),
    ...eventColumns,
    fsuid: column.bigint(`User id for files; ${unknown}`),
    suid: column.bigint(`Saved user id; ${unknown}`),
    fsgid: column.bigint(`Group id for files; ${unknown}`),
    sgid: column.bigint(`Saved group id; ${unknown}`),
    syscall: column.text(`System call; ${unknown}`),
  },
  examples: ['SELECT time, pid, path, cmdline FROM process_events WHERE time > unixepoch() - 3600'],
  sources: [
    {
      subject: 'Process',
      columns: ['event_type', 'path', 'cmd_line', 'cwd', 'uid', 'euid', 'gid', 'parent_sophos_pid'],
      shows: { path: ['path'], cmdline: ['cmd_line'] },
      rows({ row }) {
        const { event_type, path, cmd_line, cwd, uid, euid, gid, sophos_pid, parent_sophos_pid } = row
        if (event_type !== 0) return []
        const cmdline_size = typeof cmd_line === 'string' ? Buffer.byteLength(cmd_line) : null
        const parent = pidOf(parent_sophos_pid)
        return [
          { pid: pidOf(sophos_pid), path, cmdline: cmd_line, cmdline_size, cwd, uid, euid, gid, parent },
        ]
      },
    },
  ],
})
