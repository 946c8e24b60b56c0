/** What one device may send, averaged over a second; beyond it the server reads its socket no further for a while. */
const messagesPerSecond = 500
const bytesPerSecond = 32 << 20
/** How far a burst may go ahead, in seconds. */
const burstSeconds = 2

/** Counts what a device sends. */
export class Budget {
  #messages = 0
  #bytes = 0
  #at = performance.now()

  /** Counts a message. @returns for how many milliseconds the device must be left waiting; mostly 0 */
  spend(bytes: number): number {
    const now = performance.now()
    const seconds = (now - this.#at) / 1000
    this.#at = now
    this.#messages = Math.max(0, this.#messages - seconds * messagesPerSecond) + 1
    this.#bytes = Math.max(0, this.#bytes - seconds * bytesPerSecond) + bytes
    const ahead = Math.max(this.#messages / messagesPerSecond, this.#bytes / bytesPerSecond)
    return ahead > burstSeconds ? Math.ceil((ahead - burstSeconds) * 1000) : 0
  }
}
