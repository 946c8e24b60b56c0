import type { InetDiag } from '../netlink/inet-diag.ts'
import { TCP_LISTEN } from './socket.ts'
import type { SocketTracker, Wanted } from './socket-tracker.ts'

const ALL_STATES = 0xffffffff

/** Lists sockets by inet_diag and lets the tracker compare them with the last listing. */
export function listSockets(diag: InetDiag, tracker: SocketTracker, wanted: Wanted, found: boolean): void {
  const isNew = (inode: number, remotePort: number) => {
    if (wanted === 'listening' && remotePort !== 0) return false
    return inode !== 0 && !tracker.seen(inode, remotePort)
  }
  const tcp = wanted === 'listening' ? 1 << TCP_LISTEN : ALL_STATES
  for (const [protocol, states] of [
    [6, tcp],
    [17, ALL_STATES],
  ] as const)
    for (const socket of diag.dump(protocol, states, isNew)) tracker.add(socket)
  tracker.finish(found, wanted)
}
