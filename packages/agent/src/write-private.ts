import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file that only its owner may read, so that a crash leaves the old or the new content, never a part.
 * @throws a Node.js system error; the old file is untouched then.
 */
export function writePrivate(path: string, content: string): void {
  const draft = `${path}.new`
  // A draft left by a crash may have another mode: make it anew.
  rmSync(draft, { force: true })
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
