import { setTimeout } from 'node:timers/promises'
import type { Active } from './layers.ts'
import type { Libc } from './libc.ts'

const POLLIN = 1
const POLLNVAL = 0x20
/** Size of `struct pollfd`: int fd, short events, short revents. */
const SIZE = 8

/** Waits for the file descriptors of all sources with one call. */
export class PollSet {
  #libc: Libc | undefined
  #buffer = Buffer.alloc(0)

  constructor(libc: Libc | undefined) {
    this.#libc = libc
  }

  /** Returns the sources that can be read (`closed`: one of their descriptors is none), after at most `timeoutMillis`. */
  async wait(
    sources: ReadonlySet<Active>,
    timeoutMillis: number,
  ): Promise<Map<Active, 'readable' | 'closed'>> {
    const owners = [...sources].flatMap((source) => source.open.fds.map((fd) => ({ source, fd })))
    const ready = new Map<Active, 'readable' | 'closed'>()
    const count = await this.#poll(
      owners.map(({ fd }) => fd),
      timeoutMillis,
    )
    if (count <= 0) return ready
    for (const [index, { source }] of owners.entries()) {
      const seen = this.#buffer.readInt16LE(index * SIZE + 6)
      if (seen & POLLNVAL) ready.set(source, 'closed')
      else if (seen !== 0 && !ready.has(source)) ready.set(source, 'readable')
    }
    return ready
  }

  async #poll(fds: readonly number[], timeoutMillis: number): Promise<number> {
    if (!this.#libc || fds.length === 0) {
      await setTimeout(timeoutMillis)
      return 0
    }
    if (this.#buffer.length !== fds.length * SIZE) this.#buffer = Buffer.alloc(fds.length * SIZE)
    for (const [index, fd] of fds.entries()) {
      this.#buffer.writeInt32LE(fd, index * SIZE)
      this.#buffer.writeInt16LE(POLLIN, index * SIZE + 4)
      this.#buffer.writeInt16LE(0, index * SIZE + 6)
    }
    if (timeoutMillis === 0) return this.#libc.poll(this.#buffer, fds.length, 0)
    return await this.#libc.pollAsync(this.#buffer, fds.length, timeoutMillis)
  }
}
