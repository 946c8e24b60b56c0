import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import type { InetDiag } from '../netlink/inet-diag.ts'
import { namespaceOf } from '../resync/connections.ts'
import { socketInode } from './owners.ts'
import { readProcNet } from './proc-net.ts'
import type { Socket } from './socket.ts'
import { connectionEvent } from './socket-events.ts'
import { WaitingGroup } from './waiting-group.ts'

/** A connection that somebody told of by the other side alone. */
export interface Attempt {
  at: number
  pid: number
  process?: ProcessRef
  /** Its number among the open files of the process. */
  fd: number
  inbound: boolean
  /** The other side, where it was told; many servers do not ask for it. */
  remote?: { address: string; port: number }
}

type Waiting = Attempt & { since: number }

/** Time to wait for the end of a socket that was closed before it could be looked at. */
const PATIENCE_MILLIS = 2000
const PAUSE_MILLIS = 100
const ALL_STATES = 0xffffffff

/**
 * Finds the own side of connections: by the open file of the process in a listing of sockets, many at once; where that is closed already,
 * among the sockets that the kernel freed, if only one process can have been it.
 */
export class ConnectionResolver {
  #root: string
  #diag: InetDiag
  #emit: (event: SensorEvent & { type: 'connection' }) => void
  #ownNamespace: number | undefined
  /** By inode. */
  #open = new Map<number, Waiting>()
  /** By the other side. */
  #closed = new Map<string, WaitingGroup<Waiting>>()
  #nextListing = 0

  constructor(root: string, diag: InetDiag, emit: (event: SensorEvent & { type: 'connection' }) => void) {
    this.#root = root
    this.#diag = diag
    this.#emit = emit
    this.#ownNamespace = namespaceOf(root, 'self')
  }

  add(attempt: Attempt): void {
    const waiting = { ...attempt, since: performance.now() }
    const inode = socketInode(this.#root, attempt.pid, attempt.fd)
    if (inode === undefined) this.#addClosed(waiting)
    // A program may try the same connection twice until it is made.
    else if (!this.#open.has(inode)) this.#open.set(inode, waiting)
  }

  /** Looks for what waits, as often as it takes little of the time, and tells what waited for too long without its own side. */
  resolve(): void {
    const start = performance.now()
    if (this.#open.size > 0 && start >= this.#nextListing) {
      for (const protocol of [6, 17])
        for (const socket of this.#diag.dump(protocol, ALL_STATES, (inode) => this.#open.has(inode)))
          this.#found(socket)
      if (this.#open.size > 0) this.#lookElsewhere()
      for (const waiting of this.#open.values()) this.#addClosed(waiting)
      this.#open.clear()
      const end = performance.now()
      this.#nextListing = end + Math.max(PAUSE_MILLIS, 20 * (end - start))
    }
    this.#expire(start)
  }

  /** Takes a socket that the kernel freed and nobody knows; false when it is none of those that wait. */
  freed(socket: Socket): boolean {
    const key = keyOf({ address: socket.remote, port: socket.remotePort })
    const group = this.#closed.get(key)
    const waiting = group?.takeIfSole()
    if (!waiting) return false
    if (group?.size === 0) this.#closed.delete(key)
    this.#tell(waiting, socket)
    return true
  }

  /** Sockets of other network namespaces are listed by /proc of the process that has them. */
  #lookElsewhere() {
    const namespaces = new Map<number, number>()
    for (const { pid } of this.#open.values()) {
      const netns = namespaceOf(this.#root, pid)
      if (netns !== undefined && netns !== this.#ownNamespace) namespaces.set(netns, pid)
    }
    for (const [netns, pid] of namespaces)
      for (const socket of readProcNet(this.#root, pid, netns)) this.#found(socket)
  }

  #found(socket: Socket) {
    const waiting = this.#open.get(socket.inode)
    if (!waiting) return
    this.#open.delete(socket.inode)
    this.#tell(waiting, socket)
  }

  /** One of which neither side is known cannot be found any more: its end is told without the process. */
  #addClosed(waiting: Waiting) {
    if (!waiting.remote) return
    const key = keyOf(waiting.remote)
    const group = this.#closed.get(key) ?? new WaitingGroup<Waiting>()
    group.push(waiting)
    this.#closed.set(key, group)
  }

  #expire(now: number) {
    for (const [key, group] of this.#closed) {
      for (const waiting of group.takeOlder(now - PATIENCE_MILLIS)) this.#tellWithout(waiting)
      if (group.size === 0) this.#closed.delete(key)
    }
  }

  /** Its own side stays unknown, and so does the protocol: only names are asked for mostly by datagrams. */
  #tellWithout(waiting: Waiting) {
    const { address: remote, port: remotePort } = waiting.remote!
    const protocol = !waiting.inbound && remotePort === 53 ? 17 : 6
    this.#tell(waiting, { protocol, state: 0, local: '', localPort: 0, remote, remotePort, inode: 0, uid: 0 })
  }

  #tell({ at, process, inbound, remote }: Waiting, socket: Socket) {
    // A socket that was refused has no other side any more.
    const whole = remote ? { ...socket, remote: remote.address, remotePort: remote.port } : socket
    this.#emit(connectionEvent(whole, inbound, { at, process }) as SensorEvent & { type: 'connection' })
  }
}

const keyOf = ({ address, port }: { address: string; port: number }) => `${address} ${port}`
