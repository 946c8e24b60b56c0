import { statfsSync } from 'node:fs'

/** So much of a disk is left to the host, whatever happens: the lower of both. */
const FLOOR_BYTES = 256 * 2 ** 20
const FLOOR_SHARE = 0.02

/** Watches that the journals do not take the last free bytes of a disk; asked before each write. */
export class Room {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** `owed` bytes are taken later for what is written already. @throws with the code ENOSPC when there is too little left. */
  check(owed: number): void {
    const { bsize, blocks, bavail } = statfsSync(this.#path)
    if (bavail * bsize - owed < Math.min(FLOOR_BYTES, FLOOR_SHARE * blocks * bsize))
      throw Object.assign(new Error('the rest of the disk is left to the host'), { code: 'ENOSPC' })
  }
}
