import { column, defineTable } from '../define-table.ts'
import { rpmHeaders } from '../rpm/rpm-headers.ts'

const sha256 = 8

export default defineTable({
  name: 'rpm_package_files',
  description:
    'Files and folders that belong to packages of rpm, as their packages describe them. A `package` makes it quick: else every package is read.',
  platforms: ['linux'],
  columns: {
    package: column.text('Name of the package.', { index: true }),
    path: column.text('Path of the file or folder.', { index: true, pivotType: 'filePath' }),
    username: column.text('Owner.', { pivotType: 'username' }),
    groupname: column.text('Group.'),
    mode: column.text('Permission bits as four octal digits.'),
    size: column.bigint('Size in bytes.'),
    sha256: column.text(
      'SHA-256 of the contents; empty for a folder or symlink, and for an older kind of hash.',
      {
        pivotType: 'sha256',
      },
    ),
  },
  examples: [
    "SELECT path, mode, sha256 FROM rpm_package_files WHERE package = 'openssh-server'",
    "SELECT p.path FROM rpm_package_files p JOIN hash h ON h.path = p.path WHERE p.package = 'sudo' AND p.sha256 <> '' AND p.sha256 <> h.sha256",
  ],
  estimatedRows: 200_000,

  *rows(host, scan) {
    const paths = scan.texts('path')
    for (const header of rpmHeaders(host, scan, scan.texts('package'))) {
      const folders = header.texts('dirNames')
      const places = header.numbers('dirIndexes')
      const names = header.texts('baseNames')
      const found = names.map((name, at) => `${folders[places[at] ?? -1] ?? ''}${name}`)
      if (paths && !found.some((path) => paths.includes(path))) continue
      const short = header.numbers('fileSizes')
      const sizes = short.length > 0 ? short : header.numbers('longFileSizes')
      const modes = header.numbers('fileModes')
      const users = header.texts('fileUsers')
      const groups = header.texts('fileGroups')
      const digests = header.number('digestAlgorithm') === sha256 ? header.texts('fileDigests') : []
      for (const [at, path] of found.entries()) {
        if (paths && !paths.includes(path)) continue
        yield {
          package: header.text('name'),
          path,
          username: users[at] ?? '',
          groupname: groups[at] ?? '',
          mode: ((modes[at] ?? 0) & 0o7777).toString(8).padStart(4, '0'),
          size: sizes[at] ?? 0,
          sha256: digests[at] ?? '',
        }
      }
    }
  },
})
