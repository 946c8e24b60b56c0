import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { warnUnread } from './unread.ts'

/** One entry of a file such as /etc/services. */
export interface EntryLine {
  /** What stands before the `#`, cut at white space; never empty. */
  fields: string[]
  /** What stands after it. */
  comment: string
}

/** Yields the entries of a file with `#` comments; a file that cannot be read gives none and a warning. */
export function* entryLines(
  host: Host,
  path: string,
  scan: Pick<Scan, 'warn' | 'once'>,
): Generator<EntryLine> {
  try {
    for (const line of host.lines(path)) {
      const hash = line.indexOf('#')
      const entry = hash < 0 ? line : line.slice(0, hash)
      const fields = entry.split(/\s+/).filter(Boolean)
      if (fields.length > 0) yield { fields, comment: hash < 0 ? '' : line.slice(hash + 1).trim() }
    }
  } catch (error) {
    warnUnread(scan, path, error)
  }
}
