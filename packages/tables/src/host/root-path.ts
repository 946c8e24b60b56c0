import { lstatSync, readlinkSync } from 'node:fs'
import { toFsPath } from './path-bytes.ts'
import { systemError } from './system-error.ts'

const maxLinks = 40

/**
 * Finds a path inside a folder that plays a machine's root: absolute symlinks and `..` stay inside it. `follow` says whether a
 * symlink in the last place is followed. Returns the path inside the root, without symlinks; what does not exist is taken as it is.
 * Throws ELOOP.
 */
export function resolveInside(root: string, path: string, follow: boolean): string {
  const todo = path.split('/').reverse()
  const done: string[] = []
  let links = 0
  while (todo.length > 0) {
    const part = todo.pop()
    if (!part || part === '.') continue
    if (part === '..') {
      done.pop()
      continue
    }
    done.push(part)
    if (!follow && !todo.some(Boolean)) break
    const target = linkTarget(`${root}/${done.join('/')}`)
    if (target === undefined) continue
    links += 1
    if (links > maxLinks) throw systemError('ELOOP', path)
    done.pop()
    if (target.startsWith('/')) done.length = 0
    todo.push(...target.split('/').reverse())
  }
  return `/${done.join('/')}`
}

function linkTarget(real: string): string | undefined {
  try {
    if (!lstatSync(toFsPath(real)).isSymbolicLink()) return undefined
    return readlinkSync(toFsPath(real))
  } catch {
    // The call that wanted the path meets the same error and says it.
    return undefined
  }
}
