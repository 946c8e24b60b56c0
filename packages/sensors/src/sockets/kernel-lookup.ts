import { addressBytes } from '../address.ts'
import type { FlowKey, FlowLookup } from '../attribute.ts'
import { InetDiag } from '../netlink/inet-diag.ts'
import { readRef } from '../proc/process-stat.ts'
import { SocketOwners } from './owners.ts'

/** Each takes some 20 µs, and the reading of open files behind it has a limit of its own. */
const MOST_PER_SECOND = 500

/** Asks the kernel for the socket of one side of a connection, and /proc for its holder: so many a second, then it knows nothing. */
export function openKernelLookup(root: string): { lookup: FlowLookup; close(): void } {
  const diag = new InetDiag()
  const owners = new SocketOwners(root)
  let left = MOST_PER_SECOND
  let refill = performance.now() + 1000

  const lookup = ({ protocol, local, localPort, remote, remotePort }: FlowKey) => {
    const now = performance.now()
    if (now >= refill) {
      refill = now + 1000
      left = MOST_PER_SECOND
    }
    const from = addressBytes(local)
    const to = addressBytes(remote)
    if (left-- <= 0 || !from || from.length !== to?.length) return undefined
    const inode = diag.find(protocol, from, localPort, to, remotePort)?.inode
    const pid = inode ? owners.pidOf(inode) : undefined
    return pid === undefined ? undefined : readRef(root, pid)
  }
  return { lookup, close: () => diag.close() }
}
