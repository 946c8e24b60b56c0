import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from './attempt.ts'
import { parseStat, type Stat } from './stat.ts'

const DELETED = ' (deleted)'

/** What a process's `stat` file says; undefined when the process is gone. */
export function statOf(host: Host, scan: Pick<Scan, 'warn'>, pid: number): Stat | undefined {
  const text = attempt(scan, () => host.read(`/proc/${pid}/stat`))
  return text === undefined ? undefined : parseStat(text)
}

/**
 * The words of a process's command line, joined by spaces; '' for a kernel thread. The kernel ends each word with a NUL; a
 * process that has written over its own title has none.
 */
export const commandLine = (host: Host, scan: Pick<Scan, 'warn'>, pid: number): string | undefined =>
  attempt(scan, () => host.read(`/proc/${pid}/cmdline`, 4 << 20))
    ?.replaceAll('\0', ' ')
    .trim()

/** The program that a process runs, as the kernel names it; '' for a kernel thread, undefined when it is gone or closed to the agent. */
export function imagePath(host: Host, scan: Pick<Scan, 'warn'>, pid: number): string | undefined {
  try {
    return host.readlink(`/proc/${pid}/exe`)
  } catch (error) {
    // A kernel thread has no program, a process that has ended has no folder.
    if ((error as { code?: string }).code === 'ENOENT' && host.exists(`/proc/${pid}/stat`)) return ''
    return attempt(scan, () => {
      throw error
    })
  }
}

/**
 * The SHA-256 of the program that a process runs, read through the process itself, so that it is right for a deleted one and in a
 * container; the cache learns its path where that leads to the same file. Undefined when it cannot be read.
 */
export function imageHash(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  pid: number,
  path: string,
): string | undefined {
  const image = `/proc/${pid}/exe`
  return attempt(scan, () => {
    const stat = host.stat(image)
    return scan.once(`image.sha256.${stat.dev}.${stat.ino}`, () => {
      const named = isSameFile(host, path, stat) ? path : image
      return host.hash(named, ['sha256']).sha256
    })
  })
}

function isSameFile(host: Host, path: string, stat: { dev: bigint; ino: bigint }): boolean {
  try {
    const other = host.stat(path)
    return other.dev === stat.dev && other.ino === stat.ino
  } catch {
    return false
  }
}

/**
 * Whether a process's program is still on the disk, seen from the process's own root: 1 yes, 0 no, −1 unknown.
 * The kernel adds ` (deleted)` to the path of one that is gone; on overlay filesystems it may do so while the file is there.
 */
export function onDisk(host: Host, pid: number, path: string | undefined): number {
  if (!path) return -1
  const bare = path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path
  try {
    const file = statBelow(host, pid, bare)
    if (bare === path) return 1
    const image = host.stat(`/proc/${pid}/exe`)
    return file.ino === image.ino && file.dev === image.dev ? 1 : 0
  } catch (error) {
    return (error as { code?: string }).code === 'ENOENT' ? 0 : -1
  }
}

function statBelow(host: Host, pid: number, path: string) {
  try {
    return host.stat(`/proc/${pid}/root${path}`)
  } catch (error) {
    // Without root, the root folder of others is closed; most share the agent's own.
    if ((error as { code?: string }).code === 'ENOENT') throw error
    return host.stat(path)
  }
}

/** Bytes that a process had read from and written to disks, from `/proc/<pid>/io`; cancelled writes are taken off. */
export function diskBytes(
  host: Host,
  scan: Pick<Scan, 'warn'>,
  pid: number,
): { read: number; written: number } | undefined {
  const text = attempt(scan, () => host.read(`/proc/${pid}/io`))
  if (text === undefined) return undefined
  const field = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { read: field('read_bytes'), written: field('write_bytes') - field('cancelled_write_bytes') }
}
