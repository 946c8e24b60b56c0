import type { Scan } from '../define-table.ts'
import { column } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { isAbsent, warnUnread } from './unread.ts'

/** The hidden column by which a query asks about the files that a process sees, such as those of a container. */
export const pidWithNamespace = column.integer(
  'Process whose view of the files to use: a container’s, for a process in one; 0 is this machine’s own.',
  { additional: true, hidden: true },
)

/** The hidden column that says whose view it was. */
export const mountNamespaceId = column.text('Inode of the mount namespace that was read.', { hidden: true })

type InsideScan = Pick<Scan<{ pid_with_namespace: never }>, 'integers' | 'warn' | 'once'>

export interface View {
  host: Host
  pid: number
}

/** The hosts that a scan's constraint on `pid_with_namespace` means; this machine without one. A process that is gone gives none. */
export function* viewsOf(host: Host, scan: InsideScan): Generator<View> {
  for (const pid of scan.integers('pid_with_namespace') ?? [0]) {
    if (pid === 0) yield { host, pid }
    if (pid <= 0) continue
    try {
      yield { host: host.within(pid), pid }
    } catch (error) {
      if (!isAbsent(error)) warnUnread(scan, `/proc/${pid}/root`, error)
    }
  }
}

/** Inode of the mount namespace of a view, or null where it cannot be read. */
export function mountNamespaceOf(host: Host, pid: number): string | null {
  try {
    return /\d+/.exec(host.readlink(`/proc/${pid || 'self'}/ns/mnt`))?.[0] ?? null
  } catch {
    return null
  }
}
