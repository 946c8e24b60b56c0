import { column, defineTable } from '../define-table.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { linesOf } from '../files/text-files.ts'
import { stanzas } from '../packages/stanzas.ts'

const fieldNames = new Set([
  'package',
  'version',
  'source',
  'installed-size',
  'architecture',
  'status',
  'maintainer',
  'section',
  'priority',
])

export default defineTable({
  name: 'deb_packages',
  description:
    'Packages that dpkg knows on Debian, Ubuntu and their kin, also those that were removed and left their configuration (see `status`).',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the package.'),
    version: column.text('Full version.'),
    source: column.text('Source package, where it has another name or version; else empty.'),
    size: column.bigint('Size when installed in KiB, as the package says.'),
    arch: column.text('Architecture, or all.'),
    revision: column.text('What stands in the version behind the last hyphen; empty for none.'),
    status: column.text('Wanted, error and actual state, such as “install ok installed”.'),
    maintainer: column.text('Who maintains the package.'),
    section: column.text('Section of the archive.'),
    priority: column.text('Priority, such as required or optional.'),
    admindir: column.text('Folder of dpkg’s database; /var/lib/dpkg unless another is asked for.', {
      additional: true,
    }),
    pid_with_namespace: pidWithNamespace,
    mount_namespace_id: mountNamespaceId,
  },
  examples: [
    "SELECT name, version FROM deb_packages WHERE name LIKE 'openssh%'",
    "SELECT name FROM deb_packages WHERE status LIKE 'deinstall%'",
  ],
  estimatedRows: 1500,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const namespace = scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null
      for (const admindir of scan.texts('admindir') ?? ['/var/lib/dpkg']) {
        for (const fields of stanzas(
          linesOf(host, scan, `${admindir.replace(/\/+$/, '')}/status`),
          fieldNames,
        )) {
          const name = fields.get('package')
          const status = fields.get('status') ?? ''
          const version = fields.get('version') ?? ''
          if (!name || status.endsWith(' not-installed')) continue
          yield {
            name,
            version,
            source: fields.get('source') ?? '',
            size: Number(fields.get('installed-size') ?? 0) || 0,
            arch: fields.get('architecture') ?? '',
            revision: version.includes('-') ? version.slice(version.lastIndexOf('-') + 1) : '',
            status,
            maintainer: fields.get('maintainer') ?? '',
            section: fields.get('section') ?? '',
            priority: fields.get('priority') ?? '',
            admindir,
            pid_with_namespace: pid,
            mount_namespace_id: namespace,
          }
        }
      }
    }
  },
})
