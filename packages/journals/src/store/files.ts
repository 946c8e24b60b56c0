import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Names of what is closed: the blocks of a period, and the index of the blocks of one or more periods. */
export const eventsName = (period: number) => `${period}.events`
export const indexName = ({ first, last }: { first: number; last: number }) => `${first}-${last}.index`

/** Reads exactly so many bytes. @throws when the file is shorter. */
export function readExactly(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(fd, bytes, filled, length - filled, offset + filled)
    if (count === 0) throw new Error('a file of the journals is shorter than it was')
    filled += count
  }
  return bytes
}

/** Writes a file that appears under its name only when it is whole and on disk. */
export class FileWriter {
  offset = 0
  readonly #path: string
  readonly #temporary: string
  readonly #fd: number
  #open = true

  constructor(folder: string, name: string) {
    this.#path = join(folder, name)
    this.#temporary = `${this.#path}.tmp`
    this.#fd = openSync(this.#temporary, 'w', 0o600)
  }

  write(bytes: Buffer): void {
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written)
    this.offset += bytes.length
  }

  /** Puts it on disk under its name. The caller syncs the folder. */
  finish(): void {
    fsyncSync(this.#fd)
    closeSync(this.#fd)
    this.#open = false
    renameSync(this.#temporary, this.#path)
  }

  /** Leaves nothing behind. */
  abandon(): void {
    if (this.#open) closeSync(this.#fd)
    this.#open = false
    rmSync(this.#temporary, { force: true })
  }
}
