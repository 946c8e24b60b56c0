import { join } from 'node:path'
import type { LoginFeed } from './feed.ts'
import { FollowedFile, type Place } from './follow-file.ts'
import { readUtmp, utmpSize } from './read-utmp.ts'

/** Follows the records of sign-ins and of failures. */
export function followUtmp(root: string, places: Record<string, Place>, feed: LoginFeed): FollowedFile[] {
  return (['wtmp', 'btmp'] as const).map((name) => {
    const path = join(root, 'var/log', name)
    return new FollowedFile(
      path,
      places[path],
      new Records((bytes) => feed.record(readUtmp(bytes), name === 'btmp')),
    )
  })
}

/** Cuts a stream of bytes into records. */
class Records {
  readonly #take: (record: Buffer) => void
  #rest = Buffer.alloc(0)

  constructor(take: (record: Buffer) => void) {
    this.#take = take
  }

  begin() {
    this.#rest = Buffer.alloc(0)
  }

  take(bytes: Buffer) {
    const all = Buffer.concat([this.#rest, bytes])
    let at = 0
    for (; at + utmpSize <= all.length; at += utmpSize) this.#take(all.subarray(at, at + utmpSize))
    this.#rest = all.subarray(at)
  }
}
