import type { PendingEvent } from './open-period.ts'
import type { Loss } from './types.ts'

/** While nothing can be written, this much waits in memory for room; what comes after it is lost, and counted. */
const MOST_EVENTS = 20_000
const MOST_CHARACTERS = 8 * 2 ** 20

/** What was taken and is not on disk yet. */
export class Pending {
  events: PendingEvent[] = []
  characters = 0
  /** `performance.now()` of the oldest one. */
  since = 0
  readonly #losses = new Map<string, Loss>()

  get losses(): Loss[] {
    return [...this.#losses.values()]
  }

  get empty(): boolean {
    return this.events.length === 0 && this.#losses.size === 0
  }

  get full(): boolean {
    return this.events.length >= MOST_EVENTS || this.characters >= MOST_CHARACTERS
  }

  add(event: PendingEvent): void {
    if (this.empty) this.since = performance.now()
    this.events.push(event)
    this.characters += event.text.length
  }

  lose(loss: Loss): void {
    if (loss.events <= 0) return
    if (this.empty) this.since = performance.now()
    const key = JSON.stringify([loss.subject, loss.reason])
    const known = this.#losses.get(key)
    if (known === undefined) {
      this.#losses.set(key, { ...loss })
      return
    }
    known.firstTime = Math.min(known.firstTime, loss.firstTime)
    known.lastTime = Math.max(known.lastTime, loss.lastTime)
    known.events += loss.events
  }

  clear(): void {
    this.events = []
    this.characters = 0
    this.#losses.clear()
  }
}
