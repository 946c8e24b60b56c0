/** No daemon writes longer ones. */
const longest = 16 * 1024

/** Cuts a stream of bytes into lines. One that is too long is left out, and counted. */
export class Lines {
  readonly #take: (line: string) => void
  #rest = Buffer.alloc(0)
  #skipping = false
  #skipped = 0

  constructor(take: (line: string) => void) {
    this.#take = take
  }

  /** Bytes of a line whose end is still to come. */
  get pending() {
    return this.#rest.length
  }

  /** Lines left out since the last call. */
  takeSkipped(): number {
    const count = this.#skipped
    this.#skipped = 0
    return count
  }

  begin() {
    this.#rest = Buffer.alloc(0)
    this.#skipping = false
  }

  take(bytes: Buffer) {
    let at = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, at)) {
      this.#end(bytes.subarray(at, end))
      at = end + 1
    }
    if (this.#skipping) return
    this.#rest = Buffer.concat([this.#rest, bytes.subarray(at)])
    if (this.#rest.length <= longest) return
    this.#skipping = true
    this.#skipped += 1
    this.#rest = Buffer.alloc(0)
  }

  #end(part: Buffer) {
    const skipping = this.#skipping
    const line = this.#rest.length > 0 ? Buffer.concat([this.#rest, part]) : part
    this.begin()
    if (skipping) return
    if (line.length <= longest) this.#take(line.toString('utf8'))
    else this.#skipped += 1
  }
}
