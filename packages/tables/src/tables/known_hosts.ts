import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { linesOf } from '../files/text-files.ts'

export default defineTable({
  name: 'known_hosts',
  description:
    'Hosts that local users have reached by SSH, one row for each line of their known_hosts files; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose home holds the file.', { index: true }),
    key: column.text('The whole line: names or hashed names, kind of the key, key.'),
    key_file: column.text('Path of the file.', { pivotType: 'filePath' }),
  },
  examples: [
    'SELECT u.username, k.key FROM users u JOIN known_hosts k ON k.uid = u.uid',
    "SELECT uid, key FROM known_hosts WHERE key LIKE '[%]:%'",
  ],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const { uid, directory } of homesOf(host, scan)) {
      const key_file = `${directory}/.ssh/known_hosts`
      for (const line of linesOf(host, scan, key_file)) {
        const key = line.trim()
        if (key !== '' && !key.startsWith('#')) yield { uid, key, key_file }
      }
    }
  },
})
