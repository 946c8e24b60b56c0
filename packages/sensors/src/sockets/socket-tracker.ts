import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { readRef } from '../proc/process-stat.ts'
import { isEphemeral } from './ephemeral.ts'
import type { SocketOwners } from './owners.ts'
import { isConnection, isListening, type Socket } from './socket.ts'
import { connectionEvent, listenEvent, ServedPorts } from './socket-events.ts'

/** What a listing is of: all that can be seen, or listening sockets alone, which are few. */
export type Wanted = 'all' | 'listening'

interface Entry {
  socket: Socket
  listening: boolean
  process?: ProcessRef
  /** Number of the last listing that it was in, and of the first. */
  round: number
  first: number
}

/** Compares listings of sockets: tells the new connections, the new listening sockets and those that ended. */
export class SocketTracker {
  #root: string
  #owners: SocketOwners
  #emit: (event: SensorEvent) => void
  /** By inode. */
  #entries = new Map<number, Entry>()
  /** New ones that were not told yet. */
  #fresh: { entry: Entry; at?: number; found?: boolean }[] = []
  #served = new ServedPorts()
  #round = 0
  #patience: number

  /** @param patience in how many later listings a holder that was not found is looked for again, since looking is limited. */
  constructor(root: string, owners: SocketOwners, emit: (event: SensorEvent) => void, patience = 5) {
    this.#root = root
    this.#owners = owners
    this.#emit = emit
    this.#patience = patience
  }

  /** Marks a socket that was listed again. False: it is new, and `add` wants to know all of it. */
  seen(inode: number, remotePort: number): boolean {
    const entry = this.#entries.get(inode)
    if (entry?.socket.remotePort !== remotePort) return false
    entry.round = this.#round
    return true
  }

  /** Takes a socket of the listing; one that neither listens nor is connected is passed over. */
  add(socket: Socket): void {
    if (socket.inode === 0 || this.seen(socket.inode, socket.remotePort)) return
    const listening =
      isListening(socket) && (socket.protocol === 6 || !isEphemeral(this.#root, socket.localPort))
    if (!listening && !isConnection(socket)) return
    const entry = { socket, listening, round: this.#round, first: this.#round }
    this.#entries.set(socket.inode, entry)
    this.#fresh.push({ entry })
  }

  /** Whether somebody listens at the local port of this socket, as far as the listings tell. */
  isServed(socket: Socket): boolean {
    return this.#served.has(socket)
  }

  /**
   * The listing is complete: tells what changed. `found`: whatever is new was there before anybody looked. `wanted`: what the listing was
   * of; connections that it left out go on.
   */
  finish(found: boolean, wanted: Wanted = 'all'): void {
    if (wanted === 'listening') {
      for (const entry of this.#entries.values()) if (!entry.listening) entry.round = this.#round
    }
    if (this.#fresh.length > 0) this.#tellFresh(found)
    let ended = false
    for (const [inode, entry] of this.#entries) {
      if (entry.round === this.#round) continue
      this.#entries.delete(inode)
      if (!entry.listening) continue
      ended = true
      this.#emit(listenEvent(entry.socket, true, { at: Date.now(), process: entry.process }))
    }
    if (ended) this.#findServed()
    this.#round++
  }

  #findServed() {
    this.#served = new ServedPorts()
    for (const { socket, listening } of this.#entries.values()) if (listening) this.#served.add(socket)
  }

  #tellFresh(found: boolean) {
    this.#findServed()
    this.#fresh = this.#fresh.filter((fresh) => {
      const { entry } = fresh
      fresh.at ??= Date.now()
      fresh.found ??= found
      const pid = this.#owners.pidOf(entry.socket.inode)
      const last = entry.round !== this.#round || this.#round - entry.first >= this.#patience
      if (pid === undefined && !last) return true
      entry.process = pid === undefined ? undefined : readRef(this.#root, pid)
      const about = { at: fresh.at, process: entry.process, ...(fresh.found && { found: true }) }
      if (entry.listening) this.#emit(listenEvent(entry.socket, false, about))
      else this.#emit(connectionEvent(entry.socket, this.#served.has(entry.socket), about))
      return false
    })
  }
}
