import type { Entry, Host } from './host.ts'
import { type Part, type PatternKind, parsePattern } from './path-pattern.ts'
import { errorCode, systemError } from './system-error.ts'

/** Told of what was left out: a folder that cannot be listed, or one that is not searched. */
export type OnSkip = (path: string, error: unknown) => void

const maxDepth = 128
/** Views of the kernel, endless for a search; a pattern that names them goes in. */
const views = new Set(['/proc', '/sys'])

/**
 * Finds the paths of a pattern, lazily and in order. As in osquery, `%` stays within one level and `%%` crosses levels; `_` is
 * one character beside a `%`, else itself. Names without a wildcard are exact; hidden files count. A level's `%` follows symlinks to folders, `%%` does not.
 * `%%` from above does not enter /proc and /sys, and goes 128 levels deep.
 */
export function* expand(
  host: Host,
  pattern: string,
  onSkip: OnSkip,
  kind: PatternKind = 'LIKE',
): Generator<string> {
  if (!pattern.startsWith('/')) {
    onSkip(pattern, systemError('EINVAL', pattern, 'a path pattern begins with `/`'))
    return
  }
  yield* below(host, '', parsePattern(pattern, kind), onSkip)
}

function* below(host: Host, folder: string, parts: readonly Part[], onSkip: OnSkip): Generator<string> {
  const [part, ...rest] = parts
  if (!part) return
  if (part.kind === 'deep') {
    yield* walk(host, folder, part.matches, onSkip)
  } else if (part.kind === 'name') {
    const path = `${folder}/${part.name}`
    if (rest.length > 0) yield* below(host, path, rest, onSkip)
    else if (present(host, path)) yield path
  } else {
    for (const { name } of listed(host, folder, onSkip)) {
      if (!part.matches(name)) continue
      if (rest.length > 0) yield* below(host, `${folder}/${name}`, rest, onSkip)
      else yield `${folder}/${name}`
    }
  }
}

/** Everything below a folder whose path from there matches, each folder before its contents. */
function* walk(
  host: Host,
  top: string,
  matches: (below: string) => boolean,
  onSkip: OnSkip,
): Generator<string> {
  const stack = [{ folder: top, entries: listed(host, top, onSkip).values() }]
  for (let level = stack.at(-1); level; level = stack.at(-1)) {
    const next = level.entries.next()
    if (next.done) {
      stack.pop()
      continue
    }
    const path = `${level.folder}/${next.value.name}`
    if (matches(path.slice(top.length + 1))) yield path
    if (!next.value.folder || views.has(path)) continue
    if (stack.length >= maxDepth) onSkip(path, systemError('ELOOP', path, 'too many levels'))
    else stack.push({ folder: path, entries: listed(host, path, onSkip).values() })
  }
}

/** What is in a folder; empty, and told, when it cannot be listed; empty when it is no folder. */
export function listed(host: Host, folder: string, onSkip: OnSkip): Entry[] {
  try {
    return host.entries(folder || '/')
  } catch (error) {
    // A pattern may try what is no folder, or gone.
    if (!['ENOENT', 'ENOTDIR', 'ESRCH'].includes(errorCode(error) ?? '')) onSkip(folder || '/', error)
    return []
  }
}

function present(host: Host, path: string): boolean {
  try {
    host.lstat(path)
    return true
  } catch {
    return false
  }
}
