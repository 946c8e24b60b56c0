import { TooManyRequests } from '../error-reply.ts'

/** A bucket holds this many failures, and loses one each `refillMillis`. */
export interface Allowance {
  failures: number
  refillMillis: number
}

/** For one address: people behind one gateway share it. */
const perAddress: Allowance = { failures: 30, refillMillis: 10_000 }
/** For one name: soon slow enough for a guesser, never closed for its owner. */
const perName: Allowance = { failures: 10, refillMillis: 30_000 }
/** Names and addresses remembered at most; beyond it the oldest go. */
const maxBuckets = 20_000

interface Bucket {
  level: number
  at: number
}

/** Counts failed sign-ins by address and by name, in memory, and makes further ones wait. */
export class Attempts {
  readonly #buckets = new Map<string, Bucket>()
  readonly #now: () => number

  /** @param now the clock, in milliseconds; one that does not jump. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /**
   * Counts an attempt as failed until it is told otherwise, so that many at once do not slip through together.
   * @param name whom the attempt is for, where it names one
   * @throws TooManyRequests with the seconds to wait
   */
  begin(address: string, name?: string): { succeeded(): void } {
    const taken: [string, Allowance][] = [[`address ${address}`, perAddress]]
    if (name !== undefined) taken.push([`name ${name.toLowerCase()}`, perName])
    for (const [key, allowance] of taken) this.#check(key, allowance)
    for (const [key, allowance] of taken) this.#add(key, allowance, 1)
    return {
      succeeded: () => {
        for (const [key, allowance] of taken) this.#add(key, allowance, -1)
      },
    }
  }

  #level(key: string, { refillMillis }: Allowance): number {
    const bucket = this.#buckets.get(key)
    return bucket ? Math.max(0, bucket.level - (this.#now() - bucket.at) / refillMillis) : 0
  }

  #check(key: string, allowance: Allowance): void {
    const over = this.#level(key, allowance) + 1 - allowance.failures
    if (over > 0) throw new TooManyRequests(Math.ceil((over * allowance.refillMillis) / 1000))
  }

  #add(key: string, allowance: Allowance, change: number): void {
    const level = Math.max(0, this.#level(key, allowance) + change)
    this.#buckets.delete(key)
    if (level > 0) this.#buckets.set(key, { level, at: this.#now() })
    if (this.#buckets.size > maxBuckets) this.#buckets.delete(this.#buckets.keys().next().value!)
  }
}
