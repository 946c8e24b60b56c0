/** What came and went between two looks at a set of things, each under a key of its own. */
export class Differences<V> {
  #before: Map<string, V> | undefined

  /** The first look tells nothing: what is there then was there before. */
  look(now: Map<string, V>): { came: V[]; went: V[] } {
    const before = this.#before ?? now
    this.#before = now
    const without = (all: Map<string, V>, others: Map<string, V>) =>
      [...all].filter(([key]) => !others.has(key)).map(([, value]) => value)
    return { came: without(now, before), went: without(before, now) }
  }
}
