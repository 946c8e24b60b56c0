import { column } from '@quarry/tables/define-table'
import type { StoredEvent } from '../store/types.ts'
import { eventColumns, eventedTable } from './read/evented-table.ts'

/** osquery's words, by the number of the event. */
const actions = [
  'CREATED',
  'MOVED_TO',
  'DELETED',
  'UPDATED',
  'CREATED',
  'ATTRIBUTES_MODIFIED',
  'ATTRIBUTES_MODIFIED',
  'ATTRIBUTES_MODIFIED',
  'ACCESSED',
  'ACCESSED',
]
const renamed = 1
const hardLinked = 4
const columns = [
  'event_type',
  'path',
  'target_path',
  'file_id',
  'file_size',
  'last_access_time',
  'last_write_time',
  'change_time',
  'sha256',
]

const shows = { target_path: ['path', 'target_path'], sha256: ['sha256'] }

export default eventedTable({
  name: 'file_events',
  description:
    'Changes of files and folders under the names that osquery gives them. The same events as sophos_file_journal and sophos_directory_journal, which know more.',
  columns: {
    target_path: column.text('Path of the file.', { pivotType: 'filePath' }),
    category: column.text('Group of paths that it is watched for: `all`.'),
    action: column.text(
      '`CREATED`, `UPDATED`, `DELETED`, `MOVED_FROM`, `MOVED_TO`, `ATTRIBUTES_MODIFIED` or `ACCESSED`.',
    ),
    transaction_id: column.bigint('The same for both rows of a rename.'),
    inode: column.bigint('Inode.'),
    uid: column.bigint('Owner; not recorded, so NULL.'),
    gid: column.bigint('Group; not recorded, so NULL.'),
    mode: column.text('Rights; not recorded, so NULL.'),
    size: column.bigint('Size in bytes after the change.'),
    atime: column.bigint('When it was last read, in unix seconds.'),
    mtime: column.bigint('When its content last changed, in unix seconds.'),
    ctime: column.bigint('When its inode last changed, in unix seconds.'),
    md5: column.text('MD5; not recorded, so NULL.'),
    sha1: column.text('SHA-1; not recorded, so NULL.'),
    sha256: column.text('SHA-256 after the change, where it was worked out.', { pivotType: 'sha256' }),
    hashed: column.integer('Whether it was hashed.'),
    time: eventColumns.time,
    eid: eventColumns.eid,
  },
  examples: [
    "SELECT time, action, target_path FROM file_events WHERE target_path LIKE '/etc/%' AND time > unixepoch() - 3600",
  ],
  sources: [
    { subject: 'File', columns, shows, rows: rowsOf },
    { subject: 'Directory', columns, shows, rows: rowsOf },
  ],
})

function rowsOf({ row, sequence }: StoredEvent) {
  const { event_type, path, target_path, file_id, sha256 } = row
  const type = Number(event_type)
  const made = {
    category: 'all',
    action: actions[type],
    transaction_id: sequence,
    inode: typeof file_id === 'string' ? Number(file_id.slice(file_id.indexOf(':') + 1)) : null,
    size: row.file_size,
    atime: row.last_access_time,
    mtime: row.last_write_time,
    ctime: row.change_time,
    sha256,
    hashed: sha256 ? 1 : 0,
  }
  if (type === renamed)
    return [
      { ...made, action: 'MOVED_FROM', target_path: path },
      { ...made, target_path },
    ]
  return [{ ...made, target_path: type === hardLinked ? target_path : path }]
}
