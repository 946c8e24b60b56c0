import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { ipv4Text, ipv6WordsText } from '../net/addresses.ts'
import { attempt, isGone } from './attempt.ts'
import { descriptors, inodeOf } from './fds.ts'
import { type NetNamespace, netNamespaceOf, netNamespaces, ownNetNamespace } from './namespaces.ts'
import { allPids, askedPids } from './pids.ts'
import { FAMILY, inetFiles, parseInet, parseUnix, type Socket } from './socket-files.ts'

type Reader = Pick<Scan, 'once' | 'warn'>

/** A socket and one descriptor that holds it; pid and fd are −1 when no process does that the agent can see. */
export interface HeldSocket {
  pid: number
  fd: number
  socket: Socket
}

/**
 * Every socket with each process that holds it, network namespaces of containers included. A socket that several processes share comes
 * once for each; one that no process holds (a kernel's, one in TIME_WAIT, one of a process closed to the agent) with pid −1.
 * @param asked With pids, only their descriptors are read; the socket lists are read once for the statement.
 */
export function* heldSockets(host: Host, scan: Reader, asked?: readonly number[]): Generator<HeldSocket> {
  const held = new Set<number>()
  for (const pid of askedPids(host, scan, asked)) {
    let near: Listing['byInode'] | undefined
    for (const { fd, link } of descriptors(host, scan, pid)) {
      const inode = inodeOf(link, 'socket')
      if (inode === undefined) continue
      near ??= listing(host, scan, namespaceOf(host, scan, pid)).byInode
      const socket = near.get(inode) ?? findFar(host, scan, inode)
      if (!socket) continue
      held.add(inode)
      yield { pid, fd, socket }
    }
  }
  if (asked === undefined) yield* unheld(host, scan, held)
  else if (asked.includes(-1)) yield* unheld(host, scan, heldInodes(host, scan))
}

function* unheld(host: Host, scan: Reader, held: ReadonlySet<number>): Generator<HeldSocket> {
  for (const namespace of netNamespaces(host, scan)) {
    for (const socket of listing(host, scan, namespace).sockets) {
      if (!held.has(socket.inode)) yield { pid: -1, fd: -1, socket }
    }
  }
}

const heldInodes = (host: Host, scan: Reader): ReadonlySet<number> =>
  scan.once('sockets.held', () => {
    const held = new Set<number>()
    for (const pid of allPids(host, scan)) {
      for (const { link } of descriptors(host, scan, pid)) held.add(inodeOf(link, 'socket') ?? -1)
    }
    return held
  })

/** Where a process's own namespace is read; the agent's own where it cannot be told. */
function namespaceOf(host: Host, scan: Reader, pid: number): NetNamespace {
  const own = ownNetNamespace(host, scan)
  const id = netNamespaceOf(host, scan, pid)
  return id === '' || id === own ? { id: own, folders: ['/proc/net'] } : { id, folders: [`/proc/${pid}/net`] }
}

/** Inodes of sockets are unique on the machine, and a process may hold one of a namespace that it has left. */
function findFar(host: Host, scan: Reader, inode: number): Socket | undefined {
  for (const namespace of netNamespaces(host, scan)) {
    const socket = listing(host, scan, namespace).byInode.get(inode)
    if (socket) return socket
  }
  return undefined
}

interface Listing {
  sockets: readonly Socket[]
  byInode: ReadonlyMap<number, Socket>
}

const listing = (host: Host, scan: Reader, namespace: NetNamespace): Listing =>
  scan.once(`sockets.listing.${namespace.id}`, () => {
    const sockets = inetFiles.flatMap(({ file, family, protocol }) =>
      parseInet(readNet(host, scan, namespace, file), family, protocol, namespace.id),
    )
    sockets.push(...parseUnix(readNet(host, scan, namespace, 'unix'), namespace.id))
    return { sockets, byInode: new Map(sockets.map((socket) => [socket.inode, socket])) }
  })

/** A file of the namespace, from the first of its processes that still runs; '' where the kernel has no such protocol. */
function readNet(host: Host, scan: Reader, namespace: NetNamespace, file: string): string {
  for (const folder of namespace.folders) {
    try {
      return host.read(`${folder}/${file}`, LISTING_LIMIT)
    } catch (error) {
      if (!isGone(error))
        attempt(scan, () => {
          throw error
        })
    }
  }
  return ''
}

/** 256 MiB: about 1.7 million sockets a protocol. */
const LISTING_LIMIT = 256 << 20

/** Names of the TCP states by the kernel's numbers. */
const tcpStates = [
  'UNKNOWN',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSED',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
]

/** The name of a TCP socket's state; '' for other protocols, which have none. */
export const stateName = (socket: Socket): string =>
  socket.protocol === 6 ? (tcpStates[socket.state] ?? 'UNKNOWN') : ''

/** The text of a socket's address: dotted, canonical IPv6, or '' for a unix socket. */
export function addressText(family: number, hex: string): string {
  if (family === FAMILY.inet) return ipv4Text(hex)
  return family === FAMILY.inet6 ? ipv6WordsText(hex) : ''
}
