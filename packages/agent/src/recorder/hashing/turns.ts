/** Work that is done a few at a time; the rest waits for its turn. */
export interface Turns {
  /**
   * Resolves to undefined at once when too many wait.
   * @param later this may wait until nothing else does, and takes one place at most.
   */
  take<T>(work: () => Promise<T>, later?: boolean): Promise<T | undefined>
}

/** @param parallel how many work side by side. @param waiting how many may wait. */
export function openTurns(parallel: number, waiting: number): Turns {
  const soon: (() => void)[] = []
  const late: (() => void)[] = []
  let working = 0
  let workingLate = 0

  const mayWork = (later: boolean) => working < parallel && !(later && (workingLate > 0 || soon.length > 0))
  function next() {
    if (working >= parallel) return
    const go = soon.shift() ?? (workingLate === 0 ? late.shift() : undefined)
    go?.()
  }
  function begin(later: boolean) {
    working++
    if (later) workingLate++
  }
  return {
    async take(work, later = false) {
      if (mayWork(later)) begin(later)
      else {
        if (soon.length + late.length >= waiting) return undefined
        await new Promise<void>((resolve) =>
          (later ? late : soon).push(() => {
            // Counted here, so that nobody takes its place before it goes on.
            begin(later)
            resolve()
          }),
        )
      }
      try {
        return await work()
      } finally {
        working--
        if (later) workingLate--
        next()
      }
    },
  }
}
