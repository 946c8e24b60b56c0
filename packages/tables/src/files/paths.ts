import type { Scan } from '../define-table.ts'
import { expand, listed, type OnSkip } from '../host/glob.ts'
import type { Host } from '../host/host.ts'
import type { PatternKind } from '../host/path-pattern.ts'

/** The two columns that say which files a scan means. */
export type PathScan = Pick<Scan<{ path: never; directory: never }>, 'constraints' | 'texts'>

export interface FoundPath {
  path: string
  directory: string
}

/**
 * The paths that a scan's constraints on `path` or else `directory` mean, as they were asked for. A path that was named may not exist.
 * Several patterns hold all at once, so the one with the longest fixed beginning serves and SQLite checks the others.
 */
export function* scannedPaths(host: Host, scan: PathScan, onSkip: OnSkip): Generator<FoundPath> {
  const paths = scan.texts('path') ?? patternPaths(host, scan, 'path', onSkip)
  if (paths) {
    for (const path of paths) yield { path, directory: directoryOf(path) }
    return
  }
  const directories = scan.texts('directory') ?? patternPaths(host, scan, 'directory', onSkip) ?? []
  for (const directory of directories) {
    const base = directory.replace(/\/+$/, '')
    for (const { name } of listed(host, base, onSkip)) yield { path: `${base}/${name}`, directory }
  }
}

function patternPaths(host: Host, scan: PathScan, column: 'path' | 'directory', onSkip: OnSkip) {
  const patterns = scan
    .constraints(column)
    .flatMap(({ op, value }) => (op === 'LIKE' || op === 'GLOB' ? [{ kind: op, text: String(value) }] : []))
    .sort((a, b) => fixedLength(b) - fixedLength(a))
  const first = patterns[0]
  return first && expand(host, first.text, onSkip, first.kind)
}

const fixedLength = ({ kind, text }: { kind: PatternKind; text: string }) =>
  text.search(kind === 'LIKE' ? /%|$/ : /[*?[]|$/)

/** The folder of a path, `/` for a name in the root. */
export const directoryOf = (path: string): string => path.replace(/\/+[^/]*\/*$/, '') || '/'

/** The last name of a path. */
export const nameOf = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//s, '') || '/'
