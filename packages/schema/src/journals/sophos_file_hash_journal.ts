import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, sha256 } = journalColumn

export default defineJournal({
  subject: 'FileHash',
  table: 'sophos_file_hash_journal',
  description: 'The hash of each program as it first ran, and of each file that was hashed after a change.',
  shedOrder: 1,
  columns: {
    ...processColumns,
    path: text('Path of the file.', {
      index: true,
      aliases: ['pathname', 'pathName'],
      pivotType: 'filePath',
    }),
    file_id: text('Device and inode, as `<device>:<inode>`.', { aliases: ['fileID', 'fileId'] }),
    sha256: sha256('SHA-256 of the file.', { index: true, pivotType: 'sha256' }),
    file_size: integer('Size in bytes.', { aliases: ['fileSize'] }),
  },
  examples: ["SELECT time, path, sha256 FROM sophos_file_hash_journal WHERE time > 0 AND path LIKE '/tmp/%'"],
})
