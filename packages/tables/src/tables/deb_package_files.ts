import { column, defineTable } from '../define-table.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'

export default defineTable({
  name: 'deb_package_files',
  description:
    'Files and folders that belong to packages of dpkg. A `package` makes it quick: else every list is read.',
  platforms: ['linux'],
  columns: {
    package: column.text('Name of the package.', { index: true }),
    path: column.text('Path of the file or folder.', { index: true, pivotType: 'filePath' }),
    admindir: column.text('Folder of dpkg’s database; /var/lib/dpkg unless another is asked for.', {
      additional: true,
    }),
  },
  examples: [
    "SELECT path FROM deb_package_files WHERE package = 'openssh-server'",
    "SELECT package FROM deb_package_files WHERE path = '/usr/sbin/sshd'",
  ],
  estimatedRows: 100_000,

  *rows(host, scan) {
    const packages = scan.texts('package')
    const paths = scan.texts('path')
    for (const admindir of scan.texts('admindir') ?? ['/var/lib/dpkg']) {
      const info = `${admindir.replace(/\/+$/, '')}/info`
      const names = scan.once(`names ${info}`, () =>
        entriesOf(host, scan, info).flatMap(({ name }) =>
          name.endsWith('.list') ? [name.slice(0, -5)] : [],
        ),
      )
      for (const file of names) {
        // A package of another architecture beside one’s own is called `name:arch`.
        const name = file.replace(/:[a-z0-9-]+$/, '')
        if (packages && !packages.includes(name)) continue
        for (const path of linesOf(host, scan, `${info}/${file}.list`)) {
          if (path !== '' && (!paths || paths.includes(path))) yield { package: name, path, admindir }
        }
      }
    }
  },
})
