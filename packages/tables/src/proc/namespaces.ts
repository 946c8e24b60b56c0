import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from './attempt.ts'
import { allPids } from './pids.ts'

/** The inode within a namespace link such as `net:[4026531840]`, as text; '' when it is none. */
export const namespaceId = (link: string): string => /^[a-z_]+:\[(\d+)\]$/.exec(link)?.[1] ?? ''

/** Where one network namespace can be read: the folders of processes inside it, the surest first. */
export interface NetNamespace {
  id: string
  folders: string[]
}

/** Every network namespace that holds a process, the agent's own first (its files are readable without root). */
export function netNamespaces(host: Host, scan: Pick<Scan, 'once' | 'warn'>): readonly NetNamespace[] {
  return scan.once('proc.netNamespaces', () => {
    const own: NetNamespace = { id: ownNetNamespace(host, scan), folders: ['/proc/net'] }
    const byId = new Map([[own.id, own]])
    for (const pid of allPids(host, scan)) {
      const id = netNamespaceOf(host, scan, pid)
      if (!id) continue
      const known = byId.get(id)
      if (!known) byId.set(id, { id, folders: [`/proc/${pid}/net`] })
      // Any of them may have ended by the time its folder is read.
      else if (known.folders.length < 8) known.folders.push(`/proc/${pid}/net`)
    }
    return [...byId.values()]
  })
}

/** The network namespace that the agent lives in. */
export const ownNetNamespace = (host: Host, scan: Pick<Scan, 'once' | 'warn'>): string =>
  scan.once('proc.ownNetNamespace', () =>
    namespaceId(attempt(scan, () => host.readlink('/proc/self/ns/net')) ?? ''),
  )

/** The network namespace of a process; '' when it is gone or closed to the agent. */
export const netNamespaceOf = (host: Host, scan: Pick<Scan, 'warn'>, pid: number): string =>
  namespaceId(attempt(scan, () => host.readlink(`/proc/${pid}/ns/net`)) ?? '')
