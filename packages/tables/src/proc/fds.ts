import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from './attempt.ts'

/** One open descriptor of a process and what it leads to: a path, or `socket:[…]`, `pipe:[…]`, `anon_inode:…`. */
export interface Descriptor {
  fd: number
  link: string
}

/** The open descriptors of a process, in the order of their numbers; none when it is gone, or closed to the agent (one warning). */
export function* descriptors(host: Host, scan: Pick<Scan, 'warn'>, pid: number): Generator<Descriptor> {
  const folder = `/proc/${pid}/fd`
  const names = attempt(scan, () => host.list(folder)) ?? []
  for (const fd of names.map(Number).sort((a, b) => a - b)) {
    let link: string
    try {
      link = host.readlink(`${folder}/${fd}`)
    } catch (error) {
      attempt(scan, () => {
        throw error
      })
      continue
    }
    yield { fd, link }
  }
}

/** The inode of a `socket:[…]` or `pipe:[…]` link; undefined for all else. */
export function inodeOf(link: string, kind: 'socket' | 'pipe'): number | undefined {
  if (!link.startsWith(kind) || !link.startsWith(':[', kind.length)) return undefined
  return Number(link.slice(kind.length + 2, -1))
}
