import { column, defineTable } from '../define-table.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import type { Hashes } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'

const algorithms = ['md5', 'sha1', 'sha256'] as const

export default defineTable({
  name: 'hash',
  description:
    'Hashes of files by path, path pattern or folder; of the columns that are asked for alone. A file that is unchanged since it was hashed is not read again.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path of the file, as it was asked for.', {
      index: true,
      required: true,
      pivotType: 'filePath',
    }),
    directory: column.text('Folder of the file; a constraint on it hashes the files of that folder.', {
      required: true,
      pivotType: 'filePath',
    }),
    md5: column.text('MD5 of the contents, in hex.'),
    sha1: column.text('SHA-1 of the contents, in hex.'),
    sha256: column.text('SHA-256 of the contents, in hex.', { pivotType: 'sha256' }),
    pid_with_namespace: pidWithNamespace,
    mount_namespace_id: mountNamespaceId,
  },
  examples: [
    "SELECT sha256 FROM hash WHERE path = '/bin/sh'",
    "SELECT path, sha256 FROM hash WHERE directory = '/usr/local/bin'",
  ],

  *rows(machine, scan) {
    const wanted = algorithms.filter((algorithm) => scan.uses(algorithm))
    for (const { host, pid } of viewsOf(machine, scan)) {
      const namespace = scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      for (const { path, directory } of scannedPaths(host, scan, skip)) {
        const place = { path, directory, pid_with_namespace: pid, mount_namespace_id: namespace }
        let hashes: Partial<Hashes> = {}
        try {
          if (wanted.length > 0) hashes = host.hash(path, wanted)
          else if (!host.stat(path).isFile()) continue
        } catch (error) {
          // Neither a folder nor a device has a hash. A file that cannot be read keeps its row, so that a join does not hide it.
          if (isAbsent(error) || ['EISDIR', 'EINVAL'].includes(errorCode(error) ?? '')) continue
          skip(path, error)
        }
        yield { ...place, ...hashes }
      }
    }
  },
})
