import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { errorCode, systemError } from '../host/system-error.ts'
import { type Matches, matchesIn } from '../yara/matches.ts'
import { ruleColumns } from '../yara/rule-columns.ts'
import { ruleSets } from '../yara/rule-sets.ts'

const maxFileBytes = 64 << 20

export default defineTable({
  name: 'yara_file',
  aliases: ['yara'],
  description:
    'Scans files with rules of YARA: one row for each file and set of rules, also where nothing matches (count 0). Files over 64 MiB are left out. The rules are run by YARA-X.',
  platforms: ['linux'],
  columns: {
    path: column.text('File to scan, or a pattern of files with `%` and `%%`.', {
      index: true,
      required: true,
      pivotType: 'filePath',
    }),
    ...ruleColumns,
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    `SELECT path, matches, strings FROM yara WHERE path LIKE '/usr/local/bin/%' AND sigrule = 'rule shell { strings: $a = "/bin/sh" condition: $a }' AND count > 0`,
    "SELECT path, matches FROM yara_file WHERE path = '/tmp/sample' AND sigfile = '/etc/osquery/yara/malware.yar'",
  ],
  estimatedRows: 100,

  *rows(machine, scan) {
    const sets = ruleSets(machine, scan)
    if (sets.length === 0) return
    const rulesKey = sets.map(({ origin }) => Object.values(origin).join('\0')).join('\0\0')
    const asked = {
      constraints: () => scan.constraints('path'),
      texts: (name: string) => (name === 'path' ? scan.texts('path') : undefined),
    }
    for (const { host, pid } of viewsOf(machine, scan)) {
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      for (const { path } of scannedPaths(host, asked, skip)) {
        let found: Matches[]
        try {
          const stat = host.stat(path)
          if (stat.size > maxFileBytes) throw systemError('EFBIG', path, 'it is larger than 64 MiB')
          const file = `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`
          // One file may have many names, and a join may ask for it again.
          found = scan.once(`${file} ${rulesKey}`, () => {
            const bytes = asBuffer(host.readBytes(path, maxFileBytes))
            return sets.map(({ rules }) => matchesIn(rules, bytes))
          })
        } catch (error) {
          if (!isAbsent(error) && !['EISDIR', 'EINVAL'].includes(errorCode(error) ?? '')) skip(path, error)
          continue
        }
        for (const [index, { origin }] of sets.entries())
          yield { path, ...found[index]!, ...origin, pid_with_namespace: pid }
      }
    }
  },
})

/** The same bytes, not copied. */
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
