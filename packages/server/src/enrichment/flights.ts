/** One piece of work that several wait for. It ends when nobody waits any more. */
interface Flight<T> {
  promise: Promise<T>
  controller: AbortController
  waiting: number
}

/** Lets many ask for the same thing at once and does it once. */
export class Flights<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /**
   * Joins the flight of a key or begins it.
   * @param signal leaves the flight; the last who leaves ends it
   */
  async join(key: string, begin: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    const flight = this.#flights.get(key) ?? this.#begin(key, begin)
    flight.waiting++
    const left = Promise.withResolvers<never>()
    const leave = () => left.reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([flight.promise, left.promise])
    } finally {
      signal.removeEventListener('abort', leave)
      if (--flight.waiting === 0) flight.controller.abort(new Error('Nobody waits for it any more.'))
    }
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const promise = begin(controller.signal).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    })
    promise.catch(() => {})
    const flight: Flight<T> = { promise, controller, waiting: 0 }
    this.#flights.set(key, flight)
    controller.signal.addEventListener('abort', () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    })
    return flight
  }
}
