import type { Scan } from '../define-table.ts'
import { directoryOf } from '../files/paths.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

export interface SudoRule {
  source: string
  header: string
  rule_details: string
}

// sudoers(5) allows 128 files within each other.
const maxDepth = 128

/**
 * Reads the rules of a sudoers file and of those that it includes, in their order. A line that includes is a rule of its own, as in
 * osquery. Files of an included folder whose names end in `~` or hold a dot do not count, as in sudoers(5).
 */
export function* sudoRules(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  source: string,
  above: readonly string[] = [],
): Generator<SudoRule> {
  if (above.includes(source) || above.length >= maxDepth) return
  const within = [...above, source]
  for (const line of joined(linesOf(host, scan, source))) {
    const [, header, rest = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? []
    if (!header) continue
    const directive = /^[#@](includedir|include)$/.exec(header)?.[1]
    if (header.startsWith('#') && !directive && !/^#\d+$/.test(header)) continue
    // `#` begins a comment, but not in front of a user id.
    const rule_details = directive ? rest : rest.replace(/(^|\s)#(?!\d+\b).*$/s, '$1').trim()
    yield { source, header, rule_details }
    if (!directive) continue
    const path = absolute(source, unquoted(rest))
    if (directive === 'include') yield* sudoRules(host, scan, path, within)
    else {
      for (const { name, folder } of entriesOf(host, scan, path)) {
        if (!folder && !name.includes('.') && !name.endsWith('~'))
          yield* sudoRules(host, scan, `${path}/${name}`, within)
      }
    }
  }
}

/** Puts lines together that end in a backslash. */
function* joined(lines: Iterable<string>): Generator<string> {
  let open = ''
  for (const line of lines) {
    const text = open + (open ? line.trim() : line)
    if (line.endsWith('\\') && open.length < 1 << 20) open = `${text.slice(0, -1).trim()} `
    else {
      yield text
      open = ''
    }
  }
  if (open) yield open
}

const unquoted = (text: string) =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\/+$/, '')
const absolute = (source: string, path: string) =>
  path.startsWith('/') ? path : `${directoryOf(source)}/${path}`
