import { statfsSync } from 'node:fs'

/** So much of a disk is left to the host, whatever happens: the lower of both. */
const FLOOR_BYTES = 256 * 2 ** 20
const FLOOR_SHARE = 0.02
/** How often the disk is asked. */
const EVERY = 500

/** Watches that the journals do not take the last free bytes of a disk. */
export class Room {
  readonly #path: string
  #asked = Number.NEGATIVE_INFINITY
  #enough = true

  constructor(path: string) {
    this.#path = path
  }

  /** @throws with the code ENOSPC when there is too little left. */
  check(): void {
    if (performance.now() - this.#asked > EVERY || !this.#enough) {
      const { bsize, blocks, bavail } = statfsSync(this.#path)
      this.#enough = bavail * bsize >= Math.min(FLOOR_BYTES, FLOOR_SHARE * blocks * bsize)
      this.#asked = performance.now()
    }
    if (!this.#enough)
      throw Object.assign(new Error('the rest of the disk is left to the host'), { code: 'ENOSPC' })
  }
}
