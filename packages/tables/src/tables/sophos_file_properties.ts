import { column, defineTable, type Scan } from '../define-table.ts'
import { type PathScan, scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import type { Hashes, Host } from '../host/host.ts'
import { scoreColumns, scoreNames, scoresOf } from '../scores/score-columns.ts'

/** Paths by their own constraint, else those at which a file with the hash was seen before and still is. */
function* pathsOf(host: Host, scan: Scan, byPath: PathScan): Generator<string> {
  const named =
    byPath.texts('path') ?? byPath.constraints('path').some(({ op }) => op === 'LIKE' || op === 'GLOB')
  if (!named) {
    const hashes = scan.texts('sha256')
    if (!hashes) {
      scan.warn(
        'A file is found by its whole SHA-256 (=, IN or a join), not by a part of it.',
        'required_column',
      )
      return
    }
    for (const sha256 of hashes) yield* host.pathsOfHash(sha256)
    return
  }
  for (const { path } of scannedPaths(host, byPath, (path, error) => warnUnread(scan, path, error)))
    yield path
}

export default defineTable({
  name: 'sophos_file_properties',
  description:
    'Files with their hashes, reputation and scores, by path or pattern; by SHA-256 those that were hashed on this machine before.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path of the file; with LIKE `%` stands for one level and `%%` for all below.', {
      index: true,
      required: true,
      aliases: ['pathname'],
      pivotType: 'filePath',
    }),
    sha256: column.text('SHA-256 of the file.', { index: true, required: true, pivotType: 'sha256' }),
    sha1: column.text('SHA-1 of the file.'),
    ...scoreColumns,
  },
  examples: [
    "SELECT path, sha256, local_rep, ml_score FROM sophos_file_properties WHERE path LIKE '/usr/local/bin/%'",
    "SELECT path FROM sophos_file_properties WHERE sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
  ],
  estimatedRows: 100_000,

  *rows(host, scan) {
    const usesScores = scoreNames.some((name) => scan.uses(name))
    const algorithms: (keyof Hashes)[] = []
    if (scan.uses('sha256') || (usesScores && host.ports.scores)) algorithms.push('sha256')
    if (scan.uses('sha1')) algorithms.push('sha1')

    const byPath: PathScan = {
      texts: (name) => (name === 'path' ? scan.texts('path') : undefined),
      constraints: (name) => (name === 'path' ? scan.constraints('path') : []),
    }
    for (const path of pathsOf(host, scan, byPath)) {
      try {
        if (!host.stat(path).isFile()) continue
        const hashes = algorithms.length > 0 ? host.hash(path, algorithms) : {}
        yield {
          path,
          ...hashes,
          ...(usesScores && scoresOf(host, { path, image: path, sha256: hashes.sha256 ?? '' })),
        }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, path, error)
      }
    }
  },
})
