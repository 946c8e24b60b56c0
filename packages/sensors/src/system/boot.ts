import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Kept {
  bootId: string
  /** When the agent last saw this boot alive, in milliseconds since 1970. */
  seenAt: number
}

/** Keeps on disk which boot it is, so that the next start can tell a new one. */
export class BootMemory {
  readonly #path: string
  readonly #bootId: string
  readonly #before: Kept | undefined
  #writtenAt = 0

  constructor(stateDir: string, bootId: string) {
    this.#path = join(stateDir, 'boot.json')
    this.#bootId = bootId
    this.#before = load(this.#path)
  }

  /** Of a boot that was not known: when the one before was last seen, if there was one. */
  news(): { previousSeenAt?: number } | undefined {
    if (this.#before?.bootId === this.#bootId) return undefined
    return this.#before ? { previousSeenAt: this.#before.seenAt } : {}
  }

  /** Notes every half minute that the machine still runs. */
  tick(now: number) {
    if (now - this.#writtenAt < 30_000 && now >= this.#writtenAt) return
    this.#writtenAt = now
    this.write(now)
  }

  write(now: number) {
    try {
      const kept: Kept = { bootId: this.#bootId, seenAt: now }
      writeFileSync(`${this.#path}.new`, JSON.stringify(kept), { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch {
      // A full disk: the next boot is told with an older time of the last one.
    }
  }
}

function load(path: string): Kept | undefined {
  try {
    const { bootId, seenAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>
    return typeof bootId === 'string' && Number.isFinite(seenAt) ? { bootId, seenAt: seenAt! } : undefined
  } catch {
    return undefined
  }
}
