/** Below this a step is slewing, or the measuring itself, in milliseconds. */
const threshold = 1000

/**
 * Tells when the wall clock was set: it then moved otherwise than the clock that counts since boot, also through sleep. Slewing, at most
 * half a millisecond a second, is none.
 */
export class ClockStep {
  #offset: number | undefined

  /**
   * @param wall milliseconds since 1970. @param boot milliseconds since boot, of the same moment.
   * @returns by how much the clock was set since the last call, in milliseconds; undefined when it was not
   */
  sample(wall: number, boot: number): number | undefined {
    const before = this.#offset
    this.#offset = wall - boot
    if (before === undefined) return undefined
    const step = this.#offset - before
    return Math.abs(step) >= threshold ? Math.round(step) : undefined
  }
}
