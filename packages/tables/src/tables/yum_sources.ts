import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'
import { iniSections } from '../packages/ini-sections.ts'

export default defineTable({
  name: 'yum_sources',
  description:
    'Places that yum and dnf install packages from, one row for each section of the files in /etc/yum.repos.d.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the place in words.'),
    source: column.text('File that names the place.', { pivotType: 'filePath' }),
    baseurl: column.text('Address of the packages; empty where a list of mirrors serves.'),
    mirrorlist: column.text('Address of a list of mirrors; empty for none.'),
    metalink: column.text('Address of a metalink file; empty for none.'),
    enabled: column.text(
      'Whether it is used, as it is written: most often 1 or 0; empty for the default, which is yes.',
    ),
    gpgcheck: column.text('Whether signatures are checked, as it is written; empty for the default.'),
    gpgkey: column.text('Address of the key that signs; empty for none.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: ["SELECT name, baseurl, source FROM yum_sources WHERE gpgcheck <> '1'"],
  estimatedRows: 10,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const main = ['/etc/yum.conf', '/etc/dnf/dnf.conf'].find((path) => host.exists(path))
      const options = main
        ? [...iniSections(linesOf(host, scan, main))].find(({ name }) => name === 'main')
        : undefined
      const folders = options?.values
        .get('reposdir')
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? ['/etc/yum.repos.d']
      const files = folders.flatMap((folder) =>
        entriesOf(host, scan, folder.replace(/\/+$/, ''))
          .filter(({ name, folder: isFolder }) => !isFolder && name.endsWith('.repo'))
          .map(({ name }) => `${folder.replace(/\/+$/, '')}/${name}`),
      )
      if (main) files.unshift(main)
      for (const source of files) {
        for (const { name, values } of iniSections(linesOf(host, scan, source))) {
          if (name === 'main') continue
          const value = (key: string) => values.get(key) ?? ''
          yield {
            name: values.get('name') ?? name,
            source,
            baseurl: value('baseurl'),
            mirrorlist: value('mirrorlist'),
            metalink: value('metalink'),
            enabled: value('enabled'),
            gpgcheck: value('gpgcheck'),
            gpgkey: value('gpgkey'),
            pid_with_namespace: pid,
          }
        }
      }
    }
  },
})
