import { DAY } from './retention.ts'

/** A clock that was set by more than this is watched before anything is removed for its age. */
const STEP = 3_600_000

/**
 * Tells whether the clock may be believed when it says that something is old. A clock that was set forward by mistake must not cost the
 * journals: after a step, it has to run evenly for a day.
 */
export class SteadyClock {
  readonly #now: () => number
  #offset: number
  #steadySince: number

  /** `newest` is the time of the newest event: a start long after it may be a wrong clock as well. */
  constructor(now: () => number, newest: number | undefined, days: number) {
    this.#now = now
    this.#offset = now() - performance.now()
    const suspicious = newest !== undefined && now() - newest > days * DAY
    this.#steadySince = suspicious ? performance.now() : -DAY
  }

  get trusted(): boolean {
    const offset = this.#now() - performance.now()
    if (Math.abs(offset - this.#offset) > STEP) this.#steadySince = performance.now()
    this.#offset = offset
    return performance.now() - this.#steadySince >= DAY
  }
}
