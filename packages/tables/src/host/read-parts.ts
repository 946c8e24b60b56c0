import { closeSync, fstatSync, readSync } from 'node:fs'

/** A file that is open for reading parts of it. */
export interface Parts {
  /** Bytes in the file; 0 for a block device. */
  readonly size: number
  /** Number of the open file, for a library that reads by itself. */
  readonly fd: number
  /** Bytes from an offset on; fewer at the end of the file. Throws a system error. */
  read(offset: number, length: number): Buffer
  close(): void
}

/** Reads parts of an open file; `close` closes it, once. */
export function openParts(fd: number): Parts {
  let open = true
  return {
    size: fstatSync(fd).size,
    fd,
    read(offset, length) {
      const buffer = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const count = readSync(fd, buffer, filled, length - filled, offset + filled)
        if (count === 0) break
        filled += count
      }
      return buffer.subarray(0, filled)
    },
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}
