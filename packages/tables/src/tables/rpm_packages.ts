import { column, defineTable } from '../define-table.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { rpmHeaders } from '../rpm/rpm-headers.ts'

export default defineTable({
  name: 'rpm_packages',
  description:
    'Packages that rpm has installed, on Red Hat, Fedora, SUSE and their kin. Reads the database of rpm 4.16 and later (SQLite).',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the package.', { index: true }),
    version: column.text('Version.', { index: true }),
    release: column.text('Release of that version.', { index: true }),
    source: column.text('File of the source package.'),
    size: column.bigint('Bytes of its files.'),
    sha1: column.text('SHA-1 of the package’s header.'),
    arch: column.text('Architecture, or noarch.', { index: true }),
    epoch: column.integer('Number that outweighs the version; NULL for none.', { index: true }),
    install_time: column.integer('When it was installed, in unix seconds.'),
    vendor: column.text('Who distributes it; empty where it does not say.'),
    package_group: column.text('Group of software that it belongs to.'),
    pid_with_namespace: pidWithNamespace,
    mount_namespace_id: mountNamespaceId,
  },
  examples: [
    "SELECT name, version, release FROM rpm_packages WHERE name = 'openssh-server'",
    "SELECT name, vendor, datetime(install_time, 'unixepoch') FROM rpm_packages ORDER BY install_time DESC LIMIT 10",
  ],
  estimatedRows: 1500,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const namespace = scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null
      for (const header of rpmHeaders(host, scan, scan.texts('name'))) {
        yield {
          name: header.text('name'),
          version: header.text('version'),
          release: header.text('release'),
          source: header.text('sourceRpm'),
          size: header.number('size') ?? header.number('longSize') ?? 0,
          sha1: header.text('sha1'),
          arch: header.text('arch'),
          epoch: header.number('epoch') ?? null,
          install_time: header.number('installTime') ?? 0,
          vendor: header.text('vendor'),
          package_group: header.text('group'),
          pid_with_namespace: pid,
          mount_namespace_id: namespace,
        }
      }
    }
  },
})
