import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'

/** Makes a folder that its owner alone may enter. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** Makes an empty file that its owner alone may read, unless it exists. SQLite gives its logs the same rights. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}
