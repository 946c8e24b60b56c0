import { readFileSync } from 'node:fs'

/** A file of /proc, a character for each byte; empty when it cannot be read. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
