import type { Scan } from '../define-table.ts'
import { entryLines } from '../files/entry-lines.ts'
import { entriesOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

/** Words of each entry of `/etc/portage/<name>`, which is a file or a folder of files. */
export function* portageLines(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  name: string,
): Generator<readonly [string, ...string[]]> {
  const path = `/etc/portage/${name}`
  if (!host.exists(path)) return
  const files = host.stat(path).isDirectory()
    ? entriesOf(host, scan, path).flatMap((entry) => (entry.folder ? [] : [`${path}/${entry.name}`]))
    : [path]
  for (const file of files) {
    for (const { fields } of entryLines(host, file, scan)) yield fields as [string, ...string[]]
  }
}
