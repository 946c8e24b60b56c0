import type { SensorEvent } from '@quarry/schema/events'

type Listen = SensorEvent & { type: 'listen' }

/** Which sockets listen as far as the events tell, so that /proc need only add what they did not. */
export class KnownListeners {
  #known = new Map<string, Listen>()

  note(event: SensorEvent): void {
    if (event.type !== 'listen') return
    if (event.ended) this.#known.delete(keyOf(event))
    else this.#known.set(keyOf(event), event)
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
