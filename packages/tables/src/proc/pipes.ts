import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from './attempt.ts'
import { descriptors, inodeOf } from './fds.ts'
import { allPids } from './pids.ts'

/** One descriptor of a pipe. */
export interface PipeEnd {
  pid: number
  fd: number
  inode: number
  type: 'named' | 'anonymous'
  mode: string
}

/** The descriptors of every pipe that processes hold, by the pipe's inode and device. */
export function openPipes(host: Host, scan: Pick<Scan, 'once' | 'warn'>): Map<string, PipeEnd[]> {
  const pipes = new Map<string, PipeEnd[]>()
  for (const pid of allPids(host, scan)) {
    for (const { fd, link } of descriptors(host, scan, pid)) {
      const unnamed = inodeOf(link, 'pipe')
      const fifo = unnamed === undefined && link.startsWith('/') ? fifoOf(host, pid, fd) : undefined
      if (unnamed === undefined && !fifo) continue
      const key = fifo?.key ?? `${unnamed}`
      const end: PipeEnd = {
        pid,
        fd,
        inode: fifo?.inode ?? unnamed!,
        type: fifo ? 'named' : 'anonymous',
        mode: modeOf(attempt(scan, () => host.read(`/proc/${pid}/fdinfo/${fd}`)) ?? ''),
      }
      const ends = pipes.get(key)
      if (ends) ends.push(end)
      else pipes.set(key, [end])
    }
  }
  return pipes
}

function fifoOf(host: Host, pid: number, fd: number): { key: string; inode: number } | undefined {
  try {
    const stat = host.stat(`/proc/${pid}/fd/${fd}`)
    if ((stat.mode & 0o170000n) !== 0o010000n) return undefined
    return { key: `${stat.dev}:${stat.ino}`, inode: Number(stat.ino) }
  } catch {
    // It was closed meanwhile, or leads to a file that the agent may not look at: no pipe that can be told.
    return undefined
  }
}

/** The access mode within the octal `flags` of a `fdinfo` file; '' when it could not be read. */
function modeOf(fdinfo: string): string {
  const flags = /^flags:\s+(\d+)/m.exec(fdinfo)?.[1]
  if (flags === undefined) return ''
  return ['r', 'w', 'rw'][Number.parseInt(flags, 8) & 3] ?? ''
}
