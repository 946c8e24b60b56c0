import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real file system of a few megabytes, which a test can fill. */
export interface SmallDisk extends Disposable {
  readonly folder: string
  /** Fills what is free, but for about this many bytes. */
  fill(left: number): void
  /** Gives the filled room back. */
  free(): void
}

/** Makes a small disk. Only root may; anybody else gets undefined, and the test says that it was left out. */
export function makeSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
  } catch {
    rmdirSync(folder)
    return undefined
  }
  const filler = join(folder, 'filler')
  const free = () => rmSync(filler, { force: true })
  return {
    folder,
    free,
    fill(left) {
      const most = megabytes * 2 ** 20
      let size = most
      for (; size > 0; size -= 50_000) {
        try {
          writeFileSync(filler, Buffer.alloc(size))
          break
        } catch {
          free()
        }
      }
      writeFileSync(filler, Buffer.alloc(Math.max(0, size - left)))
    },
    [Symbol.dispose]() {
      execFileSync('/bin/umount', ['-l', folder])
      rmdirSync(folder)
    },
  }
}
