import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, sha256, derivedText } = journalColumn

export default defineJournal({
  subject: 'File',
  table: 'sophos_file_journal',
  description: 'Every change to a file: made, changed, renamed, removed, with the process that did it.',
  shedOrder: 6,
  columns: {
    subject: text('FileBinaryChanges, FileDataChanges, FileOtherChanges, or the same with Reads.'),
    event_type: integer(
      '0 created, 1 renamed, 2 deleted, 3 modified, 4 hard-linked, 5 timestamps, 6 permissions, 7 ownership, 8 accessed, 9 mapped as binary.',
      { aliases: ['eventType'] },
    ),
    ...processColumns,
    path: text('Path, before a rename.', {
      index: true,
      aliases: ['pathname', 'pathName'],
      pivotType: 'filePath',
    }),
    file_name: derivedText('Last part of the path.', { aliases: ['fileName', 'file'] }),
    target_path: text('Path after a rename, or of the new hard link.', {
      index: true,
      aliases: ['targetPathname', 'targetPathName'],
      pivotType: 'filePath',
    }),
    file_id: text('Device and inode, as `<device>:<inode>`.', { aliases: ['fileID', 'fileId'] }),
    file_size: integer('Size in bytes after the change.', { aliases: ['fileSize'] }),
    sha256: sha256('SHA-256 after the change, where it was worked out.', {
      index: true,
      pivotType: 'sha256',
    }),
    file_type_class: integer('0 unknown, 1 directory, 2 binary, 3 data, 4 other.', {
      aliases: ['fileTypeClass'],
    }),
    creation_time: integer('When the file was made, in unix seconds.', { aliases: ['creationTime'] }),
    last_access_time: integer('When it was last read, in unix seconds.', { aliases: ['lastAccessTime'] }),
    last_write_time: integer('When its content last changed, in unix seconds.', {
      aliases: ['lastWriteTime'],
    }),
    change_time: integer('When its inode last changed, in unix seconds.', { aliases: ['changeTime'] }),
  },
  examples: [
    "SELECT time, sophos_pid, path FROM sophos_file_journal WHERE time > unixepoch() - 3600 AND path LIKE '/tmp/%'",
  ],
})
