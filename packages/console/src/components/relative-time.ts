const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Writes how far a moment is from now, in one unit: `just now`, `5 min ago`, `in 3 h`, `12 d ago`. Beyond 60 days it is the date.
 * @param at the moment
 * @param now the present, so that the caller decides when it moves on
 */
export function relativeTime(at: Date, now: Date): string {
  const distance = now.getTime() - at.getTime()
  const size = Math.abs(distance)
  if (Number.isNaN(size)) return 'unknown'
  if (size < 45 * SECOND) return 'just now'
  if (size > 60 * DAY)
    return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const length = inOneUnit(size)
  return distance > 0 ? `${length} ago` : `in ${length}`
}

function inOneUnit(millis: number): string {
  if (millis < 59.5 * MINUTE) return `${Math.max(1, Math.round(millis / MINUTE))} min`
  if (millis < 23.5 * HOUR) return `${Math.round(millis / HOUR)} h`
  return `${Math.round(millis / DAY)} d`
}
