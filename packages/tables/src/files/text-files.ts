import type { Scan } from '../define-table.ts'
import { listed } from '../host/glob.ts'
import type { Entry, Host } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'
import { isAbsent, warnUnread } from './unread.ts'

type Warn = Pick<Scan, 'warn' | 'once'>

/** Lines of a text file. One that is absent or a folder gives none; one that cannot be read gives none and a warning. */
export function* linesOf(host: Host, scan: Warn, path: string): Generator<string> {
  try {
    yield* host.lines(path)
  } catch (error) {
    unlessAbsent(scan, path, error)
  }
}

/** A text file whole, up to `limit` bytes; undefined where it is absent or a folder, and with a warning where it cannot be read. */
export function textOf(host: Host, scan: Warn, path: string, limit?: number): string | undefined {
  try {
    return host.read(path, limit)
  } catch (error) {
    unlessAbsent(scan, path, error)
    return undefined
  }
}

/** What is in a folder, in order; nothing where it is absent, and with a warning where it cannot be listed. */
export const entriesOf = (host: Host, scan: Warn, folder: string): Entry[] =>
  listed(host, folder, (path, error) => warnUnread(scan, path, error))

function unlessAbsent(scan: Warn, path: string, error: unknown) {
  if (!isAbsent(error) && errorCode(error) !== 'EISDIR') warnUnread(scan, path, error)
}
