import type { Scan } from '../define-table.ts'
import { warnUnread } from '../files/unread.ts'
import type { Host } from '../host/host.ts'
import type { Parts } from '../host/read-parts.ts'
import { openSqliteFile, type SqliteFile } from '../sqlite-file/open-sqlite-file.ts'
import { openRpmHeader, type RpmHeader } from './header.ts'

/** Where rpm keeps its database, by the age of the system. */
const folders = ['/usr/lib/sysimage/rpm', '/var/lib/rpm', '/usr/share/rpm']
const older = [
  ['Packages.db', 'NDB'],
  ['Packages', 'Berkeley DB'],
] as const

/**
 * Headers of the installed packages, of those with the given names when there are some. Older formats than SQLite, which rpm has used
 * since 4.16, are a warning, and so is a damaged database.
 */
export function* rpmHeaders(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  names: readonly string[] | undefined,
): Generator<RpmHeader> {
  const folder = folders.find((one) => host.exists(`${one}/rpmdb.sqlite`))
  if (!folder) {
    for (const [file, format] of older) {
      const path = folders.map((one) => `${one}/${file}`).find((one) => host.exists(one))
      if (path)
        scan.warn(
          `The packages in ${path} are not read: its format, ${format}, is not known here.`,
          'table_unavailable',
        )
    }
    return
  }
  const path = `${folder}/rpmdb.sqlite`
  const opened: Parts[] = []
  const open = (name: string) => {
    const parts = host.open(name)
    opened.push(parts)
    return parts
  }
  try {
    const file = openSqliteFile(open(path), host.exists(`${path}-wal`) ? open(`${path}-wal`) : undefined)
    if (!file) scan.warn(`${path} is no database of SQLite and is left out.`)
    else for (const blob of blobs(file, names)) yield openRpmHeader(blob)
  } catch (error) {
    if (error instanceof RangeError)
      scan.warn(`${path} is damaged or was written to meanwhile; packages are missing.`)
    else warnUnread(scan, path, error)
  } finally {
    for (const parts of opened) parts.close()
  }
}

/** Column `blob` of `Packages (hnum, blob)`; `Name (key, hnum, idx)` finds the rows of a name. */
function* blobs(file: SqliteFile, names: readonly string[] | undefined): Generator<Buffer> {
  if (!names) {
    for (const { values } of file.rows('Packages')) if (values[1] instanceof Buffer) yield values[1]
    return
  }
  for (const { values } of file.rows('Name')) {
    const [key, number] = values
    const name = key instanceof Buffer ? key.toString('utf8') : String(key)
    if (!names.includes(name) || typeof number !== 'number') continue
    const blob = file.row('Packages', number)?.values[1]
    if (blob instanceof Buffer) yield blob
  }
}
