import { HEADER, messages, NetlinkSocket } from '../netlink/netlink-socket.ts'
import { SourceUnavailable } from '../source.ts'
import { type ConnectorEvent, parseConnectorEvent } from './parse-event.ts'

const NETLINK_CONNECTOR = 11
const CN_IDX_PROC = 1
const CN_VAL_PROC = 1
const NLMSG_DONE = 3
const LISTEN = 1
const IGNORE = 2
/** Messages read before others have their turn. */
const BATCH = 1000
const WAIT_MILLIS = 1000

/** The kernel's process connector: forks, execs and exits of the whole machine, as they happen. */
export class Connector {
  #socket: NetlinkSocket
  #buffer = Buffer.alloc(8192)
  #sequences = new Map<number, number>()
  #lost = 0

  /** @throws SourceUnavailable when this process may not listen, or the kernel has none. */
  constructor() {
    try {
      this.#socket = new NetlinkSocket(NETLINK_CONNECTOR, CN_IDX_PROC)
    } catch (error) {
      throw new SourceUnavailable(
        `The process connector needs the right CAP_NET_ADMIN (run the agent as root) and a kernel with CONFIG_PROC_EVENTS: ${(error as Error).message}`,
      )
    }
    try {
      this.#say(LISTEN)
      this.#awaitAnswer()
    } catch (error) {
      this.close()
      throw error
    }
  }

  get fd(): number {
    return this.#socket.fd
  }

  /** Reads what is there; true when there is more. */
  drain(take: (event: ConnectorEvent) => void): boolean {
    for (let count = 0; count < BATCH; count++) {
      const received = this.#socket.receive(this.#buffer)
      if (received === 'nothing') return false
      // How many were dropped is told by the next sequence numbers.
      if (received === 'overrun') continue
      for (const message of messages(this.#buffer, received)) {
        const event = parseConnectorEvent(message)
        if (!event || event.kind === 'answer') continue
        this.#count(event)
        take(event)
      }
    }
    return true
  }

  /** Events that the kernel dropped since the last call. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  close(): void {
    try {
      // Older kernels count listeners and do not notice a closed socket.
      this.#say(IGNORE)
    } catch {
      // It is closed all the same.
    }
    this.#socket.close()
  }

  /** Each CPU numbers its events, those that nobody asked for included. */
  #count({ cpu, sequence }: ConnectorEvent) {
    const before = this.#sequences.get(cpu)
    this.#sequences.set(cpu, sequence)
    if (before !== undefined) this.#lost += (sequence - before - 1) >>> 0
  }

  #say(operation: number) {
    const payload = Buffer.alloc(24)
    payload.writeUInt32LE(CN_IDX_PROC, 0)
    payload.writeUInt32LE(CN_VAL_PROC, 4)
    payload.writeUInt16LE(4, 16)
    payload.writeUInt32LE(operation, 20)
    this.#socket.send(NLMSG_DONE, 0, payload)
  }

  /** The kernel keeps silent to a process in a container, which sees only a part of the machine. */
  #awaitAnswer() {
    const end = performance.now() + WAIT_MILLIS
    while (performance.now() < end) {
      const received = this.#socket.wait(this.#buffer, end - performance.now())
      if (typeof received !== 'number' || received < HEADER) continue
      for (const message of messages(this.#buffer, received)) {
        const event = parseConnectorEvent(message)
        if (event?.kind !== 'answer') continue
        if (event.error === 0) return
        throw new SourceUnavailable(
          `The process connector refused (error ${event.error}); it needs the right CAP_NET_ADMIN: run the agent as root.`,
        )
      }
    }
    throw new SourceUnavailable(
      'The process connector did not answer. It serves only the host itself, not a container with its own processes: run the agent on the host.',
    )
  }
}
