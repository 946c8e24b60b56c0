import { Trouble } from './trouble.ts'

/** How fast a connector may be asked. */
export interface Pace {
  requests: number
  perMillis: number
  perDay: number | undefined
  concurrency: number
}

/** Why a connector is left in peace, and until when (milliseconds since 1970). */
export interface Rest {
  reason: 'rateLimited' | 'resting' | 'unauthorized'
  until: number
}

interface Durable {
  /** Times of the requests of this day and of the last window, oldest first. */
  sends: number[]
  rest: Rest | undefined
  recordSend(at: number): Promise<void>
  recordRest(rest: Rest | undefined): void
}

interface Waiting {
  resolve(): void
  reject(error: unknown): void
}

/** A short rest is waited for; a longer one is told. */
const waitableMillis = 60_000
const failuresToRest = 5
const firstRestMillis = 30_000
const longestRestMillis = 600_000

const dayOf = (at: number) => Math.floor(at / 86_400_000)

/**
 * The one way to a service: it keeps the concurrency, the rate in any window (not only on average), the daily quota, and
 * the rest that a service asks for or that its failures earn it.
 */
export class Lane {
  readonly #pace: () => Pace
  readonly #durable: Durable
  readonly #turns: Waiting[] = []
  readonly #requests: Waiting[] = []
  #active = 0
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #today: number
  #usedToday: number

  constructor(pace: () => Pace, durable: Durable) {
    this.#pace = pace
    this.#durable = durable
    this.#today = dayOf(Date.now())
    this.#usedToday = durable.sends.filter((at) => dayOf(at) === this.#today).length
  }

  /** Requests of today, UTC. */
  get usedToday(): number {
    if (dayOf(Date.now()) !== this.#today) {
      this.#today = dayOf(Date.now())
      this.#usedToday = 0
    }
    return this.#usedToday
  }

  get rest(): Rest | undefined {
    const { rest } = this.#durable
    return rest && rest.until > Date.now() ? rest : undefined
  }

  /**
   * Waits for a turn, runs the task, and learns from how it ended. A request is written down while it is under way, and
   * the answer waits for that: only what is under way when the machine fails may go uncounted.
   */
  async run<T>(task: (reserve: () => Promise<void>) => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#queue(this.#turns, signal)
    const recorded: Promise<void>[] = []
    const reserve = async () => {
      await this.#queue(this.#requests, signal)
      recorded.push(this.#send())
    }
    try {
      const result = await task(reserve)
      this.#succeeded()
      return result
    } catch (error) {
      this.#learn(error)
      throw error
    } finally {
      this.#active--
      this.#pump()
      await Promise.all(recorded)
    }
  }

  /** Waits until one request may be sent, and counts it. */
  async reserve(signal: AbortSignal): Promise<void> {
    await this.#queue(this.#requests, signal)
    await this.#send()
  }

  /** Forgets a rest: after a new key was set. */
  wake(): void {
    this.#failures = 0
    this.#setRest(undefined)
    this.#pump()
  }

  /** Ends all waiting. */
  close(): void {
    clearTimeout(this.#timer)
    const error = new Trouble('resting', 'The server is being stopped.')
    for (const waiting of [...this.#turns.splice(0), ...this.#requests.splice(0)]) waiting.reject(error)
  }

  #queue(queue: Waiting[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const leave = () => {
        const at = queue.indexOf(waiting)
        if (at >= 0) queue.splice(at, 1)
        reject(signal.reason)
      }
      const done = () => signal.removeEventListener('abort', leave)
      const waiting: Waiting = {
        resolve() {
          done()
          resolve()
        },
        reject(error) {
          done()
          reject(error)
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(waiting)
      this.#pump()
    })
  }

  #pump(): void {
    clearTimeout(this.#timer)
    this.#refuseWhatCannotBe()
    const { concurrency } = this.#pace()
    // After a rest that failures earned, one goes first to see.
    const most = this.#failures >= failuresToRest ? 1 : concurrency
    while (this.#turns.length > 0 && this.#active < most && !this.rest) {
      this.#active++
      this.#turns.shift()!.resolve()
    }
    let wait = this.#waitMillis()
    while (this.#requests.length > 0 && wait === 0) {
      // Counted at once, so that the next one sees it.
      this.#count()
      this.#requests.shift()!.resolve()
      wait = this.#waitMillis()
    }
    const idle = this.#requests.length === 0 && (this.#turns.length === 0 || !this.rest)
    if (!idle && wait > 0) this.#timer = setTimeout(() => this.#pump(), Math.min(wait, 1 << 30)).unref()
  }

  #refuseWhatCannotBe(): void {
    const { perDay } = this.#pace()
    const { rest } = this
    let error: Trouble | undefined
    if (perDay !== undefined && this.usedToday >= perDay)
      error = new Trouble(
        'quotaUsed',
        `The daily quota of ${perDay} requests is used up; it starts anew at 00:00 UTC.`,
      )
    else if (rest && (rest.until - Date.now() > waitableMillis || rest.reason !== 'rateLimited'))
      error = restTrouble(rest)
    if (!error) return
    for (const waiting of [...this.#turns.splice(0), ...this.#requests.splice(0)]) waiting.reject(error)
  }

  /** Milliseconds until the next request may go. */
  #waitMillis(): number {
    const now = Date.now()
    const { requests, perMillis } = this.#pace()
    const { sends } = this.#durable
    const before = sends.at(-requests)
    const byRate = before === undefined ? 0 : before + perMillis - now
    return Math.max(0, byRate, (this.rest?.until ?? 0) - now)
  }

  #count(): void {
    const { sends } = this.#durable
    sends.push(Date.now())
    if (sends.length > 20_000) sends.splice(0, sends.length - 10_000)
    this.#usedToday = this.usedToday + 1
  }

  async #send(): Promise<void> {
    await this.#durable.recordSend(Date.now())
  }

  #succeeded(): void {
    this.#failures = 0
    if (this.#durable.rest) this.#setRest(undefined)
  }

  #learn(error: unknown): void {
    if (!(error instanceof Trouble)) return
    const { reason, restMillis } = error
    if (reason === 'rateLimited' || (restMillis !== undefined && reason === 'serviceError'))
      this.#rest('rateLimited', restMillis ?? 0)
    if (reason === 'unauthorized') this.#rest('unauthorized', restMillis ?? 0)
    if (restMillis !== undefined) return
    if (
      !['unreachable', 'timeout', 'serviceError', 'badAnswer', 'unauthorized'].includes(reason) ||
      !isOutage(error)
    )
      return
    this.#failures++
    if (this.#failures < failuresToRest) return
    const doublings = Math.min(this.#failures - failuresToRest, 10)
    this.#rest('resting', Math.min(firstRestMillis * 2 ** doublings, longestRestMillis))
  }

  #rest(reason: Rest['reason'], millis: number): void {
    if (millis > 0) this.#setRest({ reason, until: Date.now() + millis })
  }

  #setRest(rest: Rest | undefined): void {
    this.#durable.rest = rest
    this.#durable.recordRest(rest)
  }
}

/** A refused request (4xx) tells nothing of the service; not being there, broken answers, 5xx and 403 do. */
const isOutage = ({ again, reason }: Trouble) => again || reason === 'badAnswer' || reason === 'unauthorized'

/** Says in a sentence why a connector rests. */
export function restTrouble({ reason, until }: Rest): Trouble {
  const time = `${new Date(until).toISOString().slice(11, 19)} UTC`
  const sentences: Record<Rest['reason'], string> = {
    rateLimited: `The service asked to be left in peace until ${time}.`,
    resting: `The service failed several times in a row and is not asked again before ${time}.`,
    unauthorized: `The service refused the key; it is not asked again before ${time} or before another key is set.`,
  }
  return new Trouble(reason, sentences[reason])
}
