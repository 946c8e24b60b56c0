import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files of a folder, below it too. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

export const bytesOf = (folder: string) => filesOf(folder).reduce((sum, path) => sum + statSync(path).size, 0)

/** Writes out what is not on disk yet, and lets the kernel forget the pages of all files of a folder. Needs no root. */
export function dropPages(folder: string): void {
  execFileSync('sync', ['-f', folder])
  for (const path of filesOf(folder))
    execFileSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'status=none'])
}
