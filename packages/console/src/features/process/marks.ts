import type { TimeWindow } from './time-window.ts'

/** What a process did, by the journal that holds it. */
export const activityKinds = ['process', 'network', 'dns', 'web', 'file', 'system', 'detection'] as const
export type ActivityKind = (typeof activityKinds)[number]

export interface Activity {
  /** Milliseconds since 1970. */
  at: number
  sophosPid: string
  kind: ActivityKind
  /** What was done: `connected to`, `created`, `asked for`. */
  action: string
  /** To what: an address, a path, a name. */
  object: string
}

/** Activities of one process and kind that fall on the same spot of the picture. */
export interface Mark {
  /** From the left, in pixels. */
  x: number
  kind: ActivityKind
  count: number
  first: Activity
}

/** Spots are this wide, in pixels. */
const SPOT = 7

/** Gathers the activities of one process into marks, so that ten thousand of them draw as fast as ten. */
export function marksOf(activities: readonly Activity[], window: TimeWindow, width: number): Mark[] {
  const marks = new Map<string, Mark>()
  const scale = width / (window.to - window.from)
  for (const activity of activities) {
    if (activity.at < window.from || activity.at > window.to) continue
    const spot = Math.floor(((activity.at - window.from) * scale) / SPOT)
    const key = `${spot} ${activity.kind}`
    const mark = marks.get(key)
    if (mark) mark.count++
    else marks.set(key, { x: spot * SPOT, kind: activity.kind, count: 1, first: activity })
  }
  return [...marks.values()]
}
