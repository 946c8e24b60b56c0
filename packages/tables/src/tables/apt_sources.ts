import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'
import { type AptSource, parseSourceLine, parseSourceStanzas, releaseFiles } from '../packages/apt-sources.ts'
import { stanzas } from '../packages/stanzas.ts'

const releaseFields = new Set(['codename', 'version', 'origin', 'components', 'architectures'])
const fromRelease = ['release', 'version', 'maintainer', 'components', 'architectures'] as const

export default defineTable({
  name: 'apt_sources',
  description:
    'Places that apt installs packages from, one row for each address and suite, with what apt last fetched about them. Source packages do not count.',
  platforms: ['linux'],
  columns: {
    name: column.text('Address without its scheme, suite and components, separated by spaces.'),
    source: column.text('File that names the place.', { pivotType: 'filePath' }),
    base_uri: column.text('Address without the suite.'),
    release: column.text('Code name of the release; the suite where apt has not fetched it yet.'),
    version: column.text('Version of the release; empty where it has none.'),
    maintainer: column.text('Who publishes it (its origin).'),
    components: column.text(
      'Components that it offers, separated by spaces; before it was fetched those asked for.',
    ),
    architectures: column.text('Architectures that it offers, separated by spaces.'),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    'SELECT base_uri, release, components, source FROM apt_sources',
    "SELECT source, base_uri FROM apt_sources WHERE base_uri LIKE 'http:%'",
  ],
  estimatedRows: 10,

  *rows(machine, scan) {
    const usesRelease = fromRelease.some((name) => scan.uses(name))
    for (const { host, pid } of viewsOf(machine, scan)) {
      const files = ['/etc/apt/sources.list']
      for (const { name, folder } of entriesOf(host, scan, '/etc/apt/sources.list.d'))
        if (!folder && /\.(list|sources)$/.test(name)) files.push(`/etc/apt/sources.list.d/${name}`)

      function* sourcesOf(path: string): Generator<AptSource> {
        const lines = linesOf(host, scan, path)
        if (path.endsWith('.sources')) yield* parseSourceStanzas(lines)
        else for (const line of lines) yield* [parseSourceLine(line)].filter((found) => found !== undefined)
      }
      function releaseOf(source: AptSource): ReadonlyMap<string, string> {
        for (const path of usesRelease ? releaseFiles(source) : []) {
          // The signature in front is a stanza too.
          for (const fields of stanzas(linesOf(host, scan, path), releaseFields))
            if (fields.has('codename') || fields.has('origin')) return fields
        }
        return new Map()
      }
      for (const source of files) {
        for (const found of sourcesOf(source)) {
          const fetched = releaseOf(found)
          yield {
            name: nameOf(found),
            source,
            base_uri: found.uri,
            release: fetched.get('codename') ?? found.suite,
            version: fetched.get('version') ?? '',
            maintainer: fetched.get('origin') ?? '',
            components: fetched.get('components') ?? found.components.join(' '),
            architectures: fetched.get('architectures') ?? '',
            pid_with_namespace: pid,
          }
        }
      }
    }
  },
})

/** Names as osquery's own examples have them: `https://pkg.example apt/source/` is `pkg.example apt source`. */
const nameOf = ({ uri, suite, components }: AptSource): string =>
  [
    uri.replace(/^[a-z+]+:\/*/i, '').replace(/\/+$/, ''),
    ...suite.split('/').filter(Boolean),
    ...components,
  ].join(' ')
