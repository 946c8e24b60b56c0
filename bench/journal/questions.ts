import { DAY, FIRST_DAY } from './generate.ts'
import type { GeneratedEvent } from './host.ts'

/** What is looked for, chosen while the events are made, so that every store is asked for the same. */
export interface Needles {
  /** A process in the middle of the time. */
  spid: string
  /** A program that ran 2 to 50 times. */
  sha256: string
  /** Seconds since 1970: an hour at noon of a day in the middle, and that day. */
  hour: [from: number, to: number]
  day: [from: number, to: number]
  /** Part of a command line. */
  like: string
}

const HOUR = 3_600_000
const WANTED = 5

/** Looks over the events as they go by. */
export class NeedleChoice {
  readonly #days: number
  readonly #shas = new Map<string, number>()
  readonly #spids = new Map<string, number>()
  #day = 0

  constructor(days: number) {
    this.#days = days
  }

  /** Takes the events of a day. */
  note(events: readonly GeneratedEvent[]): void {
    const middle = this.#day++ === Math.floor(this.#days / 2)
    for (const { row } of events) {
      const { sha256, sophos_pid } = row
      if (typeof sha256 === 'string') this.#shas.set(sha256, (this.#shas.get(sha256) ?? 0) + 1)
      if (middle && typeof sophos_pid === 'string')
        this.#spids.set(sophos_pid, (this.#spids.get(sophos_pid) ?? 0) + 1)
    }
    if (this.#day <= 2 || this.#shas.size < 1_000_000) return
    // What came once is of no use here, and there are many.
    for (const [sha, count] of this.#shas) if (count === 1) this.#shas.delete(sha)
  }

  /** Several sets of needles, each with other ones. */
  choose(): Needles[] {
    const spids = spread([...this.#spids].filter(([, count]) => count >= 5 && count <= 200))
    const shas = spread([...this.#shas].filter(([, count]) => count >= 2 && count <= 50))
    const noon = FIRST_DAY + Math.floor(this.#days / 2) * DAY + 12 * HOUR
    return spids.map((spid, index) => {
      const from = noon + (index - 2) * HOUR
      const day = FIRST_DAY + (Math.floor(this.#days / 2) - 2 + index) * DAY
      return {
        spid,
        sha256: shas[index]!,
        hour: [from / 1000, (from + HOUR) / 1000 - 1],
        day: [day / 1000, (day + DAY) / 1000 - 1],
        like: 'example.net/push',
      }
    })
  }
}

/** Some of many, far from each other. */
function spread(found: readonly (readonly [string, number])[]): string[] {
  const step = found.length / WANTED
  return Array.from({ length: WANTED }, (_, index) => found[Math.floor((index + 0.5) * step)]![0])
}
