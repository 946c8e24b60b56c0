import type { Scan } from '../define-table.ts'
import { entriesOf } from '../files/text-files.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { zipEntry } from '../files/zip.ts'
import type { Host } from '../host/host.ts'

const maxXml = 1 << 20
const maxJars = 50

export interface PluginFacts {
  name: string
  version: string
  vendor: string
}

/** Reads the plugin at a path: a jar, or a folder whose `lib` holds one with META-INF/plugin.xml. Undefined for what is no plugin. */
export function pluginAt(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  path: string,
  folder: boolean,
): PluginFacts | undefined {
  const jars = folder
    ? entriesOf(host, scan, `${path}/lib`)
        .filter((entry) => !entry.folder && entry.name.endsWith('.jar'))
        .map((entry) => `${path}/lib/${entry.name}`)
    : path.endsWith('.jar')
      ? [path]
      : []
  for (const jar of jars.slice(0, maxJars)) {
    const xml = entryOf(host, scan, jar)
    const name = xml && element(xml, 'name')
    if (name) return { name, version: element(xml, 'version'), vendor: element(xml, 'vendor') }
  }
  return undefined
}

function entryOf(host: Host, scan: Pick<Scan, 'warn' | 'once'>, jar: string): string | undefined {
  try {
    const parts = host.open(jar)
    try {
      return zipEntry(parts, 'META-INF/plugin.xml', maxXml)?.toString('utf8')
    } finally {
      parts.close()
    }
  } catch (error) {
    if (!isAbsent(error)) warnUnread(scan, jar, error)
    return undefined
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of the first element of a name, outside comments; empty for none. */
function element(xml: string, name: string): string {
  const plain = xml.replace(/<!--[\s\S]*?-->/g, '')
  const text = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(plain)?.[1] ?? ''
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => entities[entity] ?? '').trim()
}
