import type { BigIntStats } from 'node:fs'
import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { mountsBelow } from './bind-mounts.ts'
import { readNames, toFsPath } from './path-bytes.ts'
import { systemError } from './system-error.ts'

const keepMillis = 1000
const keepInodesMillis = 5000
const maxDepth = 200
const maxInodes = 500_000

/** Keeps everyone out of the folders that hold Quarry's own data. */
export interface Guard {
  /** Throws EACCES when the folder (by any name: symlink, bind mount, `/proc/*` link) is a data folder or below one; `asked` names it in the error. */
  folder(real: string, asked?: string): void
  /** Throws EACCES when the path leads to something below a data folder. `follow`: what a last symlink points to counts too. */
  path(real: string, follow: boolean): void
  /** The same for an open file. Linux only. */
  handle(fd: number, stat: BigIntStats, real: string): void
}

const identity = (stat: BigIntStats) => `${stat.dev}:${stat.ino}`
const statOf = (path: string) => statSync(toFsPath(path), { bigint: true, throwIfNoEntry: false })
const parent = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/'
const refused = (path: string) => systemError('EACCES', path, 'Quarry does not read its own data')

/**
 * Makes the guard of some folders, which need not exist yet. Folders are told apart by (device, inode), and a folder's parents
 * by the kernel's own `..`, which is right in other mount namespaces too. Decisions are kept for a second.
 *
 * @note What is left: where another mount namespace (a container) has a folder *below* a data folder mounted, its names and sizes
 * are seen through `/proc/<pid>/root`, its contents are not; and a deleted file of a data folder that a process of another mount
 * namespace holds open.
 */
export function openGuard(dataDirs: readonly string[]): Guard {
  const forbidden = new Set<string>()
  let allowed = new Set<string>()
  let inodes: Set<string> | undefined
  let complete = false
  let checked = Number.NEGATIVE_INFINITY
  let scanned = Number.NEGATIVE_INFINITY

  function refresh() {
    const fresh = performance.now() - checked < keepMillis
    if (fresh && complete) return
    const stats = dataDirs.map(statOf)
    // A folder that does not exist yet may be made at any moment.
    complete = stats.every((stat) => stat !== undefined)
    if (!fresh) stats.push(...mountsBelow(dataDirs).map(statOf))
    const added = stats.flatMap((stat) => (stat ? [identity(stat)] : [])).filter((key) => !forbidden.has(key))
    if (fresh && added.length === 0) return
    checked = performance.now()
    allowed = new Set()
    // What was a data folder stays closed when it is renamed.
    for (const key of added) forbidden.add(key)
  }

  function folder(real: string, asked = real) {
    refresh()
    if (forbidden.size === 0 || allowed.has(real)) return
    let above = real
    let last = ''
    for (let depth = 0; depth < maxDepth; depth += 1) {
      const stat = statOf(above)
      // What does not exist leads nowhere; the call itself says so.
      if (!stat) return
      const key = identity(stat)
      if (forbidden.has(key)) throw refused(asked)
      if (key === last) break
      last = key
      above = `${above}/..`
    }
    allowed.add(real)
  }

  /** A file by its inode: for hard links, and for files that no path of ours leads to. */
  function file(stat: BigIntStats, real: string) {
    const now = performance.now()
    if (!inodes || now - scanned > keepInodesMillis) {
      scanned = now
      inodes = inodesBelow(dataDirs)
    }
    if (inodes.has(identity(stat))) throw refused(real)
  }

  /** `place` is where the kernel says that the thing is; by then it may be another thing. */
  function target(stat: BigIntStats, place: string, real: string) {
    const there = statOf(place)
    folder(parent(place), real)
    if (!there || identity(there) !== identity(stat) || stat.nlink > 1n) file(stat, real)
  }

  return {
    folder,
    path(real, follow) {
      folder(parent(real), real)
      if (forbidden.size === 0) return
      const link = lstatSync(toFsPath(real), { bigint: true, throwIfNoEntry: false })
      if (!link) return
      if (link.isFile() && link.nlink > 1n) file(link, real)
      if (!follow || !link.isSymbolicLink()) return
      const stat = statOf(real)
      if (!stat) return
      if (stat.isDirectory()) return folder(`${real}/..`, real)
      target(stat, placeOf(real), real)
    },
    handle(fd, stat, real) {
      refresh()
      if (forbidden.size === 0) return
      target(stat, readlinkSync(`/proc/self/fd/${fd}`).replace(/ \(deleted\)$/, ''), real)
    },
  }
}

function placeOf(real: string): string {
  try {
    return realpathSync.native(toFsPath(real))
  } catch {
    // A link of /proc to a file that is deleted or in another namespace: its text still names the folder.
    return readlinkSync(toFsPath(real)).replace(/ \(deleted\)$/, '')
  }
}

function inodesBelow(dirs: readonly string[]): Set<string> {
  const found = new Set<string>()
  const todo = [...dirs]
  while (todo.length > 0 && found.size < maxInodes) {
    const dir = todo.pop() as string
    try {
      for (const name of readNames(dir)) {
        const path = `${dir}/${name}`
        const stat = lstatSync(toFsPath(path), { bigint: true, throwIfNoEntry: false })
        if (!stat) continue
        if (stat.isDirectory()) todo.push(path)
        else found.add(identity(stat))
      }
    } catch {
      // Unreadable for us, so also for a query.
    }
  }
  return found
}
