import { setTimeout as sleep } from 'node:timers/promises'
import type { Hashed, Hasher, HashRequest } from './hasher.ts'

/** A row waits this long for its hash, in milliseconds. */
const waitMillis = 2000
/** Rows that may wait at once; more go without. */
const maxWaiting = 20_000
/** Between two ticks no more than this counts: what a starved process could not do is not the hash's delay. */
const mostBetween = 500

/** Rows that wait for the hash of their file. */
export interface HashWaits {
  readonly size: number
  /** Calls `write` once: with the hash when that comes in time, else without; a hash that comes too late goes to `late`. */
  wait(request: HashRequest, write: (hashed?: Hashed) => void, late: (hashed: Hashed) => void): void
  /** Lets those go that have waited long enough. */
  tick(): void
  /** Resolves when none waits, or after a time at the latest. */
  idle(millis: number): Promise<void>
  /** Lets all of them go. */
  settle(): void
}

interface Wait {
  until: number
  write?: (hashed?: Hashed) => void
}

export function openHashWaits(hasher: Hasher, now: () => number): HashWaits {
  // In the order in which they end.
  const waits = new Set<Wait>()
  let served = 0
  let ticked = now()

  function letGo(wait: Wait, hashed?: Hashed): boolean {
    const { write } = wait
    if (!write) return false
    wait.write = undefined
    waits.delete(wait)
    write(hashed)
    return true
  }
  return {
    get size() {
      return waits.size
    },
    wait(request, write, late) {
      const wait: Wait = { until: served + waitMillis, write }
      if (waits.size < maxWaiting) waits.add(wait)
      else letGo(wait)
      void hasher.hash(request).then((hashed) => {
        if (!letGo(wait, hashed) && hashed) late(hashed)
      })
    },
    tick() {
      served += Math.min(now() - ticked, mostBetween)
      ticked = now()
      for (const wait of waits) {
        if (wait.until > served) return
        letGo(wait)
      }
    },
    async idle(millis) {
      const end = now() + millis
      while (waits.size > 0 && now() < end) await sleep(10)
    },
    settle() {
      for (const wait of [...waits]) letGo(wait)
    },
  }
}
