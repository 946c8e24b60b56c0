/** Work that is done a few at a time; the rest waits for its turn. */
export interface Turns {
  /** Resolves to undefined at once when too many wait. */
  take<T>(work: () => Promise<T>): Promise<T | undefined>
}

/** @param parallel how many work side by side. @param waiting how many may wait. */
export function openTurns(parallel: number, waiting: number): Turns {
  const queue: (() => void)[] = []
  let working = 0
  return {
    async take(work) {
      if (working >= parallel) {
        if (queue.length >= waiting) return undefined
        await new Promise<void>((go) => queue.push(go))
      }
      working++
      try {
        return await work()
      } finally {
        working--
        queue.shift()?.()
      }
    },
  }
}
