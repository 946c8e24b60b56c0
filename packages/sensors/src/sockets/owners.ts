import { readdirSync } from 'node:fs'
import { readLink } from '../proc/proc-file.ts'
import { listPids } from '../proc/process-stat.ts'

/** Inode of the socket that an open file of a process is; undefined for any other file, or where it may not be read. */
export function socketInode(root: string, pid: number, fd: number | string): number | undefined {
  const link = readLink(`${root}/proc/${pid}/fd/${fd}`)
  return link?.startsWith('socket:[') ? Number(link.slice(8, -1)) : undefined
}

/** Calls `found` for each socket that a process holds. */
export function forEachSocket(root: string, pid: number, found: (inode: number) => void): void {
  let files: string[]
  try {
    files = readdirSync(`${root}/proc/${pid}/fd`)
  } catch {
    return
  }
  for (const file of files) {
    const inode = socketInode(root, pid, file)
    if (inode !== undefined) found(inode)
  }
}

/**
 * Which process holds a socket. A reading of all of /proc is kept, and repeated only when an unknown socket is asked for, at most as
 * often as it takes a twentieth of the time.
 */
export class SocketOwners {
  #root: string
  #pids = new Map<number, number>()
  #nextScan = 0

  constructor(root: string) {
    this.#root = root
  }

  /** Process id of the holder; the first of several that share it. Undefined: nobody that this user may see, or not looked for now. */
  pidOf(inode: number): number | undefined {
    if (!this.#pids.has(inode) && performance.now() >= this.#nextScan) this.scan()
    return this.#pids.get(inode)
  }

  /** Takes note of a holder that somebody told of. */
  learn(inode: number, pid: number): void {
    this.#pids.set(inode, pid)
  }

  /** Reads all of /proc now. */
  scan(): void {
    const start = performance.now()
    this.#pids.clear()
    for (const pid of listPids(this.#root)) {
      forEachSocket(this.#root, pid, (inode) => {
        if (!this.#pids.has(inode)) this.#pids.set(inode, pid)
      })
    }
    const end = performance.now()
    this.#nextScan = end + 20 * (end - start)
  }
}
