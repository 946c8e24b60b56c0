import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'

/** Where reading goes on: so far into this very file. */
export interface Place {
  device: number
  inode: number
  offset: number
}

interface Reader {
  take(bytes: Buffer): void
  begin(): void
}

const chunkSize = 64 * 1024
/** Read in one go at most; the rest the next time. */
const mostChunks = 64

/**
 * Follows a file that grows, through rotation (renamed, and a new one begun) and truncation. What is read it hands on as it comes.
 * A file that appears later is read from its beginning.
 */
export class FollowedFile {
  readonly path: string
  readonly #reader: Reader
  readonly #buffer = Buffer.alloc(chunkSize)
  #fd: number | undefined
  #place: Place | undefined

  /**
   * @param place where an earlier process stopped. Without it, what is in the file by now is left out.
   * @param reader `take` is given each piece, good until it returns; `begin` is called when another content begins
   */
  constructor(path: string, place: Place | undefined, reader: Reader) {
    this.path = path
    this.#reader = reader
    this.#place = place
    if (place) this.#resume(place)
    else this.#open(path, 'end')
  }

  /** How far it was read; undefined when there is no such file. */
  get place(): Place | undefined {
    return this.#place && { ...this.#place }
  }

  /** Reads what was added. */
  read() {
    if (this.#fd === undefined) this.#open(this.path, 'start')
    if (!this.#readOpen() || !this.#replaced()) return
    // What was written between the last read and the renaming is read by now.
    this.close()
    this.#open(this.path, 'start')
    this.#readOpen()
  }

  close() {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  /** The file of an earlier process may have got another name meanwhile, as logrotate gives it. */
  #resume(place: Place) {
    for (const path of [this.path, `${this.path}.1`]) {
      const stat = statSync(path, { throwIfNoEntry: false })
      if (stat?.ino !== place.inode || stat.dev !== place.device) continue
      if (this.#open(path, 'start')) this.#place = { ...place }
      return
    }
    this.#open(this.path, 'start')
  }

  #open(path: string, where: 'start' | 'end'): boolean {
    try {
      this.#fd = openSync(path, 'r')
      this.#reader.begin()
      const stat = fstatSync(this.#fd)
      this.#place = { device: stat.dev, inode: stat.ino, offset: where === 'end' ? stat.size : 0 }
      return true
    } catch {
      this.close()
      return false
    }
  }

  /** Returns whether the end was reached. */
  #readOpen(): boolean {
    if (this.#fd === undefined || !this.#place) return false
    if (fstatSync(this.#fd).size < this.#place.offset) {
      this.#place.offset = 0
      this.#reader.begin()
    }
    for (let count = 0; count < mostChunks; count += 1) {
      const length = readSync(this.#fd, this.#buffer, 0, chunkSize, this.#place.offset)
      if (length === 0) return true
      this.#place.offset += length
      this.#reader.take(this.#buffer.subarray(0, length))
    }
    return false
  }

  /** Whether another file has the name by now. */
  #replaced(): boolean {
    const stat = statSync(this.path, { throwIfNoEntry: false })
    return stat !== undefined && (stat.ino !== this.#place?.inode || stat.dev !== this.#place.device)
  }
}
