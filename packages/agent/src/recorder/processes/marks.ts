/** A mark for a process that has not been seen yet is kept for this time: its pid may be given again later. */
const keptMillis = 10_000
const maxKept = 1000

/** Origins of processes that the agent has started and whose own start was not seen yet. */
export interface Marks {
  put(pid: number, origin: string, now: number): void
  take(pid: number, now: number): string | undefined
}

export function openMarks(): Marks {
  const marks = new Map<number, { origin: string; until: number }>()
  return {
    put(pid, origin, now) {
      if (marks.size >= maxKept) marks.clear()
      marks.set(pid, { origin, until: now + keptMillis })
    },
    take(pid, now) {
      if (marks.size === 0) return undefined
      const mark = marks.get(pid)
      marks.delete(pid)
      return mark && mark.until > now ? mark.origin : undefined
    },
  }
}
