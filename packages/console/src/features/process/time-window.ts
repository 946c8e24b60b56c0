/** A span of time in milliseconds since 1970. */
export interface TimeWindow {
  from: number
  to: number
}

/** Nothing is drawn finer than this, in milliseconds. */
const SHORTEST = 10

/** Steps between ticks, in milliseconds. */
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000, 43_200_000, 86_400_000,
  172_800_000, 604_800_000, 1_209_600_000, 2_592_000_000,
]

/** The span of everything that is to be drawn, with a little air at both ends. Without anything: the hour before `now`. */
export function windowOf(moments: readonly number[], now: number): TimeWindow {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const moment of moments) {
    if (moment < from) from = moment
    if (moment > to) to = moment
  }
  if (from > to) return { from: now - 3_600_000, to: now }
  const air = Math.max((to - from) * 0.02, SHORTEST)
  return { from: from - air, to: to + air }
}

/** Zooms by a factor (below 1: closer) around a moment that stays where it is; never beyond `whole`. */
export function zoom(window: TimeWindow, factor: number, around: number, whole: TimeWindow): TimeWindow {
  const length = Math.min(Math.max((window.to - window.from) * factor, SHORTEST), whole.to - whole.from)
  const share = (around - window.from) / (window.to - window.from)
  const from = around - share * length
  return within({ from, to: from + length }, whole)
}

/** Moves the window by milliseconds; it stops at the ends of `whole`. */
export function pan(window: TimeWindow, by: number, whole: TimeWindow): TimeWindow {
  return within({ from: window.from + by, to: window.to + by }, whole)
}

function within(window: TimeWindow, whole: TimeWindow): TimeWindow {
  const length = Math.min(window.to - window.from, whole.to - whole.from)
  const from = Math.min(Math.max(window.from, whole.from), whole.to - length)
  return { from, to: from + length }
}

/** Round moments of local time to draw lines at, at most `most` of them. */
export function ticks(window: TimeWindow, most: number): number[] {
  const length = window.to - window.from
  const step = steps.find((one) => length / one <= most) ?? steps.at(-1)!
  // Days and hours are round where the reader is, not in UTC.
  const shift = new Date(window.from).getTimezoneOffset() * 60_000
  const found: number[] = []
  for (let at = Math.ceil((window.from - shift) / step) * step + shift; at <= window.to; at += step)
    found.push(at)
  return found
}

/** What a tick says: as much of the moment as the distance between ticks needs. */
export function tickText(at: number, window: TimeWindow): string {
  const date = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`
  const length = window.to - window.from
  if (length > 5 * 86_400_000) return day
  if (length > 86_400_000) return `${day.slice(5)} ${minutes}`
  if (length > 600_000) return minutes
  const seconds = `${minutes}:${two(date.getSeconds())}`
  return length > 5000 ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
