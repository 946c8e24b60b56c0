import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import { privateKeyFacts } from '../ssh/private-key.ts'

const maxKeyBytes = 64 << 10

export default defineTable({
  name: 'user_ssh_keys',
  description:
    'Private keys in the .ssh folders of local users and whether a pass phrase protects them; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose home holds the key.', { additional: true }),
    path: column.text('Path of the private key.', { index: true, pivotType: 'filePath' }),
    encrypted: column.integer('1 when a pass phrase protects the key, else 0.'),
    key_type: column.text('Kind of the key: rsa, dsa, dh, ec, ed25519; empty where it cannot be told.'),
    key_group_name: column.text('Name of the curve; empty for a key without one.'),
    key_length: column.integer('Bits of the modulus or curve; −1 where it cannot be told.'),
    key_security_bits: column.integer('Bits of security by NIST SP 800-57; −1 where it cannot be told.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    'SELECT u.username, k.path FROM users u JOIN user_ssh_keys k ON k.uid = u.uid WHERE k.encrypted = 0',
  ],
  estimatedRows: 10,

  *rows(machine, scan) {
    const asked = scan.texts('path')
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const { uid, directory } of homesOf(host, scan, pid)) {
        const folder = `${directory}/.ssh`
        for (const entry of entriesOf(host, scan, folder)) {
          const path = `${folder}/${entry.name}`
          if (entry.folder || (asked && !asked.includes(path))) continue
          const facts = privateKeyFacts(textOf(host, scan, path, maxKeyBytes) ?? '')
          if (!facts) continue
          yield {
            uid,
            path,
            encrypted: facts.encrypted,
            key_type: facts.type,
            key_group_name: facts.group,
            key_length: facts.length,
            key_security_bits: facts.security,
            pid_with_namespace: pid,
          }
        }
      }
    }
  },
})
