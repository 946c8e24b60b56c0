/** How often the deadlines are looked at, in milliseconds. */
const sweepMillis = 500

export type Deadlines = ReturnType<typeof openDeadlines>

/**
 * When each unfinished run ends. Counted by the monotonic clock, so that a step of the wall clock neither ends a run early nor
 * keeps it for ever.
 * @param expired called once for each run whose time is over
 */
export function openDeadlines(expired: (runId: string) => void) {
  const ends = new Map<string, number>()
  const timer = setInterval(() => {
    const now = performance.now()
    for (const [runId, end] of ends) {
      if (now < end) continue
      ends.delete(runId)
      expired(runId)
    }
  }, sweepMillis)
  timer.unref()

  return {
    /** @param seconds how long the run still has */
    set(runId: string, seconds: number): void {
      ends.set(runId, performance.now() + seconds * 1000)
    },
    /** Seconds that a run still has; 0 when it has ended. */
    secondsLeft(runId: string): number {
      const end = ends.get(runId)
      return end === undefined ? 0 : Math.max(0, (end - performance.now()) / 1000)
    },
    delete: (runId: string) => void ends.delete(runId),
    close: () => clearInterval(timer),
  }
}
