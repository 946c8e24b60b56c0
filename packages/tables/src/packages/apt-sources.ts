import { stanzas } from './stanzas.ts'

/** One place that packages come from. */
export interface AptSource {
  uri: string
  suite: string
  components: string[]
}

/** Reads a line of the old form of sources.list(5): `deb [options] uri suite components…`. Source packages do not count. */
export function parseSourceLine(line: string): AptSource | undefined {
  const text = line.replace(/#.*$/, '').trim()
  const [, rest] = /^deb\s+(?:\[[^\]]*\]\s*)?(.+)$/.exec(text) ?? []
  // The address of a CD holds spaces within brackets.
  const [uri, suite, ...components] = rest?.match(/\S*\[[^\]]*\]\S*|\S+/g) ?? []
  return uri && suite ? { uri, suite, components } : undefined
}

/** Reads a file of the new form (deb822): each stanza may name several addresses and suites. */
export function* parseSourceStanzas(lines: Iterable<string>): Generator<AptSource> {
  for (const fields of stanzas(lines)) {
    const words = (name: string) => fields.get(name)?.split(/\s+/).filter(Boolean) ?? []
    if (!words('types').includes('deb') || /^(no|false|off|0|without)$/i.test(fields.get('enabled') ?? ''))
      continue
    for (const uri of words('uris'))
      for (const suite of words('suites')) yield { uri, suite, components: words('components') }
  }
}

/** Where apt keeps what it knows of a source: its names in /var/lib/apt/lists, the newer first. */
export function releaseFiles({ uri, suite }: AptSource): string[] {
  const [, rest = uri] = /^[a-z+.-]+:\/*(?:[^/@]*@)?(.*)$/i.exec(uri) ?? []
  const place = suite.endsWith('/')
    ? `${rest.replace(/\/+$/, '')}/${suite}`
    : `${rest.replace(/\/+$/, '')}/dists/${suite}`
  const name = place
    .replace(/\/+$/, '')
    .replaceAll('_', '%5f')
    .replace(/\/+(\.\/)?/g, '_')
  return [`/var/lib/apt/lists/${name}_InRelease`, `/var/lib/apt/lists/${name}_Release`]
}
