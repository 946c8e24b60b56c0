import type { Loss } from '@quarry/journals/store'

/** Counts events that were not kept, until the store is told. */
export interface Losses {
  add(subject: string, reason: string, at: number, events?: number): void
  /** What came together since the last call. */
  take(): Loss[]
}

export function openLosses(): Losses {
  let losses = new Map<string, Loss>()
  return {
    add(subject, reason, at, events = 1) {
      const key = `${reason} ${subject}`
      const known = losses.get(key)
      if (!known) {
        losses.set(key, { subject, reason, firstTime: at, lastTime: at, events })
        return
      }
      known.firstTime = Math.min(known.firstTime, at)
      known.lastTime = Math.max(known.lastTime, at)
      known.events += events
    },
    take() {
      const taken = [...losses.values()]
      if (taken.length > 0) losses = new Map()
      return taken
    },
  }
}
