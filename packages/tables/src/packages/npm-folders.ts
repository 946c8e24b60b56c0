import type { Scan } from '../define-table.ts'
import { entriesOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

export interface NpmFolder {
  /** Folder of the package. */
  path: string
  /** 0 for a package of the folder itself, 1 for one that a package of that brought along, and so on. */
  depth: number
}

/** The folders of packages in `<directory>/node_modules`, scoped ones included, each before those in it. Symlinks are followed at depth 0 alone. */
export function* npmFolders(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  directory: string,
  maxDepth: number,
  depth = 0,
): Generator<NpmFolder> {
  const modules = `${directory}/node_modules`
  for (const { name, folder } of entriesOf(host, scan, modules)) {
    if (name.startsWith('.') || (!folder && depth > 0)) continue
    const below = name.startsWith('@')
      ? entriesOf(host, scan, `${modules}/${name}`).map((entry) => ({
          ...entry,
          name: `${name}/${entry.name}`,
        }))
      : [{ name, folder }]
    for (const one of below) {
      if (!one.folder && depth > 0) continue
      const path = `${modules}/${one.name}`
      yield { path, depth }
      if (depth < maxDepth && one.folder) yield* npmFolders(host, scan, path, maxDepth, depth + 1)
    }
  }
}
