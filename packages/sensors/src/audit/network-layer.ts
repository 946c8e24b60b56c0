import type { SensorEvent } from '@quarry/schema/events'
import { DestroyedSockets } from '../netlink/destroyed-sockets.ts'
import { InetDiag } from '../netlink/inet-diag.ts'
import type { ProcessTable } from '../proc/process-table.ts'
import { ConnectionResolver } from '../sockets/connection-resolver.ts'
import { listSockets } from '../sockets/diag-tracker.ts'
import { FlowBook } from '../sockets/flow-book.ts'
import { SocketOwners, socketInode } from '../sockets/owners.ts'
import type { Socket } from '../sockets/socket.ts'
import { SocketTracker } from '../sockets/socket-tracker.ts'
import { parseAddress } from './address.ts'
import type { AuditEvent } from './assemble.ts'
import { numberField } from './record.ts'
import type { Call } from './syscalls.ts'

/** A freed socket may be told of before the record of its connection comes. */
const PATIENCE_MILLIS = 1000
const PAUSE_MILLIS = 100
const TICKS_BETWEEN_LISTINGS = 5
/**
 * Results of connect(2) after which packets went out: done, under way, interrupted, refused, reset, timed out, unreachable behind a router.
 */
const attempted = new Set([0, -115, -4, -512, -111, -104, -110, -113])

/** Connections and listening sockets: begins from the records, all else from inet_diag. */
export class NetworkLayer {
  readonly #root: string
  readonly #table: ProcessTable
  readonly #emit: (event: SensorEvent) => void
  readonly #diag = new InetDiag()
  readonly #destroyed = new DestroyedSockets()
  readonly #book = new FlowBook()
  readonly #owners: SocketOwners
  readonly #tracker: SocketTracker
  readonly #resolver: ConnectionResolver
  #freed: { socket: Socket; at: number; since: number }[] = []
  #ticks = 0
  #listenersChanged = false
  #nextListing = 0

  constructor(root: string, table: ProcessTable, emit: (event: SensorEvent) => void) {
    this.#root = root
    this.#table = table
    this.#emit = emit
    this.#owners = new SocketOwners(root)
    this.#tracker = new SocketTracker(root, this.#owners, (event) => this.#tell(event))
    this.#resolver = new ConnectionResolver(root, this.#diag, (event) => this.#tell(event))
  }

  get fd(): number {
    return this.#destroyed.fd
  }

  /** Takes the record of a call of sockets. */
  take(event: AuditEvent, call: Call): void {
    const pid = numberField(event.syscall, 'pid')
    const result = numberField(event.syscall, 'exit')
    // By a call for all, the arguments are in a record of their own.
    const descriptor = numberField(event.socketcall ?? event.syscall, 'a0', 16)
    if (pid === undefined || result === undefined || descriptor === undefined) return
    if (call === 'bind') this.#bound(pid, descriptor, result)
    else this.#connected(event, call, pid, descriptor, result)
  }

  #connected(event: AuditEvent, call: Call, pid: number, descriptor: number, result: number) {
    const address = event.address === undefined ? undefined : parseAddress(event.address)
    if (call === 'connect' ? !attempted.has(result) || !address || address.port === 0 : result < 0) return
    this.#resolver.add({
      at: event.at,
      pid,
      process: this.#table.ref(pid),
      fd: call === 'accept' ? result : descriptor,
      inbound: call === 'accept',
      remote: address,
    })
  }

  /** Reads which sockets were freed; true when there are more. */
  drain(): boolean {
    return this.#destroyed.drain((socket) => {
      if (this.#book.knows(socket)) this.#end(socket, Date.now())
      else this.#freed.push({ socket, at: Date.now(), since: performance.now() })
    })
  }

  /** Joins what was read. */
  settle(): void {
    this.#resolver.resolve()
    const now = performance.now()
    if (this.#listenersChanged && now >= this.#nextListing) this.#list('listening')
    this.#freed = this.#freed.filter(({ socket, at, since }) => {
      if (!this.#book.knows(socket) && !this.#resolver.freed(socket) && now - since < PATIENCE_MILLIS)
        return true
      this.#end(socket, at)
      return false
    })
  }

  tick(): void {
    const all = this.#ticks++ % TICKS_BETWEEN_LISTINGS === 0
    this.settle()
    this.#list(all ? 'all' : 'listening')
  }

  takeLost(): number {
    return this.#destroyed.takeLost()
  }

  close(): void {
    this.#diag.close()
    this.#destroyed.close()
  }

  #list(wanted: 'all' | 'listening') {
    this.#listenersChanged = false
    this.#nextListing = performance.now() + PAUSE_MILLIS
    listSockets(this.#diag, this.#tracker, wanted, this.#ticks <= 1)
  }

  /** A socket got its address or began to listen: whose it is, is known without reading all of /proc. */
  #bound(pid: number, descriptor: number, result: number) {
    const inode = result === 0 ? socketInode(this.#root, pid, descriptor) : undefined
    if (inode === undefined) return
    this.#owners.learn(inode, pid)
    this.#listenersChanged = true
  }

  #end(socket: Socket, at: number) {
    for (const event of this.#book.end(socket, at, (end) => this.#tracker.isServed(end))) this.#emit(event)
  }

  #tell(event: SensorEvent) {
    if (event.type === 'connection') {
      // Of the record and the listing, the first tells.
      if (event.sourcePort !== 0 && event.destinationPort !== 0 && this.#book.has(event)) return
      this.#book.note(event)
    }
    this.#emit(event)
  }
}
