import { column, defineTable } from '../define-table.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { machineName } from '../system/machine.ts'
import { readAssignments } from '../system/read-value.ts'

export default defineTable({
  name: 'os_version',
  description: 'Name and version of the operating system, from its os-release file.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the distribution.'),
    version: column.text('Version in words, such as 12 (bookworm).'),
    major: column.integer('Major version.'),
    minor: column.integer('Minor version; 0 when the version has none.'),
    patch: column.integer('Patch version; 0 when the version has none.'),
    build: column.text('Build of the image, where the distribution names one.'),
    platform: column.text('Short name of the distribution, such as debian or ubuntu.'),
    platform_like: column.text(
      'Distributions that it derives from, separated by spaces; else its own short name.',
    ),
    codename: column.text('Code name of the version.'),
    arch: column.text('Architecture, as uname -m gives it.'),
    pid_with_namespace: pidWithNamespace,
    mount_namespace_id: mountNamespaceId,
  },
  examples: ['SELECT name, version, arch FROM os_version'],
  estimatedRows: 1,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const own = readAssignments(host, '/etc/os-release')
      const release = own.size > 0 ? own : readAssignments(host, '/usr/lib/os-release')
      if (release.size === 0) {
        scan.warn('The device has no os-release file; its version is unknown.', 'table_unavailable')
        continue
      }
      const [major, minor = 0, patch = 0] = (release.get('VERSION_ID')?.match(/\d+/g) ?? []).map(Number)
      const platform = release.get('ID') ?? 'linux'
      yield {
        name: release.get('NAME') ?? 'Linux',
        version: release.get('VERSION') ?? release.get('VERSION_ID') ?? '',
        major: major ?? null,
        minor,
        patch,
        build: release.get('BUILD_ID') ?? release.get('IMAGE_VERSION') ?? '',
        platform,
        platform_like: release.get('ID_LIKE') ?? platform,
        codename: release.get('VERSION_CODENAME') ?? release.get('UBUNTU_CODENAME') ?? '',
        arch: scan.uses('arch') ? machineName(machine) : null,
        pid_with_namespace: pid,
        mount_namespace_id: scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null,
      }
    }
  },
})
