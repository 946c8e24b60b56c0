import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { linesOf } from '../files/text-files.ts'
import { parseAuthorizedKey } from '../ssh/authorized-key.ts'

export default defineTable({
  name: 'authorized_keys',
  description:
    'Keys that may sign in by SSH, from the authorized_keys files in the homes of local users; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose home holds the file.', { additional: true }),
    algorithm: column.text('Kind of the key, such as ssh-ed25519.'),
    key: column.text('The public key in base64.'),
    options: column.text('Options in front of the key, such as a forced command.'),
    comment: column.text('What stands behind the key, most often who it belongs to.'),
    key_file: column.text('Path of the file.', { pivotType: 'filePath' }),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    'SELECT u.username, k.algorithm, k.comment FROM users u JOIN authorized_keys k ON k.uid = u.uid',
    "SELECT uid, options, key_file FROM authorized_keys WHERE options <> ''",
  ],
  estimatedRows: 20,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const { uid, directory } of homesOf(host, scan, pid)) {
        for (const name of ['authorized_keys', 'authorized_keys2']) {
          const key_file = `${directory}/.ssh/${name}`
          for (const line of linesOf(host, scan, key_file)) {
            const found = parseAuthorizedKey(line)
            if (found) yield { uid, ...found, key_file, pid_with_namespace: pid }
          }
        }
      }
    }
  },
})
