import type { SensorEvent } from '@quarry/schema/events'

type Listen = SensorEvent & { type: 'listen' }

/** Which sockets listen as far as the events tell, so that /proc need only add what they did not. */
export class KnownListeners {
  #known = new Map<string, Listen>()

  /** Learns from an event. False: it says again what was told already. */
  note(event: SensorEvent): boolean {
    if (event.type !== 'listen') return true
    const before = this.#known.get(keyOf(event))
    if (event.ended) return this.#known.delete(keyOf(event))
    if (before && before.process?.pid === event.process?.pid) return false
    this.#known.set(keyOf(event), event)
    return true
  }

  /** Begins to compare with what really listens. */
  beginReading() {
    const before = new Map(this.#known)
    return {
      /** Takes one that listens; returns whether it was known. */
      add: (event: Listen): boolean => {
        before.delete(keyOf(event))
        return this.#known.has(keyOf(event))
      },
      /** The ends of those that were known when the reading began and do not listen. */
      gone: (): Listen[] =>
        [...before.values()]
          .filter((event) => this.#known.get(keyOf(event)) === event)
          .map(({ found: _, ...event }) => ({ ...event, at: Date.now(), ended: true })),
    }
  }
}

const keyOf = ({ protocol, address, port }: Listen) => `${protocol} ${address} ${port}`
