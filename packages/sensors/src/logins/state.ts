import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './follow-file.ts'

interface Kept {
  /** Of the systemd journal. */
  cursor?: string
  /** Of log files by path. */
  files: Record<string, Place>
}

/**
 * Keeps how far the logs were read, so that a restart neither repeats nor leaves out a line. A place is written a while after its lines
 * were told, when those are on the disk too: after a kill −9 the lines of the last second or two may be told again, but none is lost.
 */
export class LoginState {
  readonly #path: string
  readonly #log: (message: string) => void
  #written: string
  #next: string | undefined
  readonly kept: Kept

  constructor(stateDir: string, log: (message: string) => void) {
    this.#path = join(stateDir, 'logins.json')
    this.#log = log
    this.kept = load(this.#path)
    this.#written = JSON.stringify(this.kept)
  }

  /** Called about every second with how far everything is by now; writes what it was told the time before. */
  tick(now: Kept) {
    if (this.#next !== undefined) this.#write(this.#next)
    this.#next = JSON.stringify(now)
  }

  /** For an orderly end. */
  end(now: Kept) {
    this.#write(JSON.stringify(now))
  }

  #write(text: string) {
    if (text === this.#written) return
    try {
      writeFileSync(`${this.#path}.new`, text, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
      this.#written = text
    } catch (error) {
      this.#written = text
      this.#log(`How far the login logs were read could not be kept: ${String(error)}`)
    }
  }
}

function load(path: string): Kept {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>
    const files = Object.entries(kept.files ?? {}).filter(([, place]) =>
      [place.device, place.inode, place.offset].every(Number.isSafeInteger),
    )
    return {
      files: Object.fromEntries(files),
      ...(typeof kept.cursor === 'string' && { cursor: kept.cursor }),
    }
  } catch {
    // None yet, or torn: logs are followed from where they end now.
    return { files: {} }
  }
}
