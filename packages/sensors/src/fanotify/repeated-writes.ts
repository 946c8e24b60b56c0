/** How long later writes of the same process to the same file are counted as one with the first, in milliseconds. */
const together = 1000
const mostAtOnce = 20_000

/** The clock may have been set in either direction. */
const isTogether = (since: number, at: number) => Math.abs(at - since) < together

interface Write<D> {
  path: string
  since: number
  /** The last one since the first, which was told at once. */
  later?: D
}

/** Makes of many writes in a row two events: the first at once, and the last when it is quiet. */
export class RepeatedWrites<D extends { at: number; pid: number }> {
  readonly #tell: (path: string, last: D) => void
  #writes = new Map<string, Write<D>>()

  constructor(tell: (path: string, last: D) => void) {
    this.#tell = tell
  }

  /** Whether this write is to be told at once. */
  first(path: string, doing: D): boolean {
    const key = `${doing.pid} ${path}`
    const write = this.#writes.get(key)
    if (write && isTogether(write.since, doing.at)) {
      write.later = doing
      return false
    }
    this.#end(key)
    if (this.#writes.size >= mostAtOnce) this.flush(Number.POSITIVE_INFINITY)
    this.#writes.set(key, { path, since: doing.at })
    return true
  }

  /** Before something else happens to the file. */
  end(path: string, pid: number) {
    this.#end(`${pid} ${path}`)
  }

  /** Tells what has been quiet for long enough by now. */
  flush(now: number) {
    for (const [key, { since }] of this.#writes) if (!isTogether(since, now)) this.#end(key)
  }

  #end(key: string) {
    const write = this.#writes.get(key)
    if (!write) return
    this.#writes.delete(key)
    if (write.later) this.#tell(write.path, write.later)
  }
}
