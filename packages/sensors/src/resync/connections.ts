import { setImmediate } from 'node:timers/promises'
import type { SensorEvent } from '@quarry/schema/events'
import { readLink } from '../proc/proc-file.ts'
import { listPids } from '../proc/process-stat.ts'
import { SocketOwners } from '../sockets/owners.ts'
import { readProcNet } from '../sockets/proc-net.ts'
import { SocketTracker } from '../sockets/socket-tracker.ts'

/** Tells what is connected and who listens now, in each network namespace that a process of this host lives in (`found`). */
export async function resyncConnections(root: string, emit: (event: SensorEvent) => void): Promise<void> {
  const owners = new SocketOwners(root)
  const trackers: SocketTracker[] = []
  for (const [netns, pid] of await networkNamespaces(root)) {
    await setImmediate()
    // Not looked for again: one reading of all open files is enough for all.
    const tracker = new SocketTracker(root, owners, emit, 0)
    for (const socket of readProcNet(root, pid, netns)) tracker.add(socket)
    trackers.push(tracker)
  }
  // Behind the sockets, so that each that is still there has its process.
  owners.scan()
  for (const tracker of trackers) tracker.finish(true)
}

/** A process in each network namespace. Those of others cannot be told without root: they are taken to share this one. */
export async function networkNamespaces(root: string): Promise<Map<number, number | 'self'>> {
  const namespaces = new Map<number, number | 'self'>()
  const own = namespaceOf(root, 'self')
  if (own !== undefined) namespaces.set(own, 'self')
  for (const [index, pid] of listPids(root).entries()) {
    if (index % 200 === 199) await setImmediate()
    const netns = namespaceOf(root, pid)
    if (netns !== undefined && !namespaces.has(netns)) namespaces.set(netns, pid)
  }
  return namespaces
}

/** Inode of the network namespace of a process; undefined when it is gone or may not be asked. */
export function namespaceOf(root: string, pid: number | 'self'): number | undefined {
  const inode = /^net:\[(\d+)\]$/.exec(readLink(`${root}/proc/${pid}/ns/net`) ?? '')?.[1]
  return inode === undefined ? undefined : Number(inode)
}
