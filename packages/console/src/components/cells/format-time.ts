const pad = (value: number, length = 2) => String(value).padStart(length, '0')

/** Writes a moment in the local zone of the browser, `2026-11-24 05:08:09`: sorts as it reads. */
export function formatLocal(date: Date): string {
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** Writes a moment in UTC: `2026-11-24 04:08:09 UTC`. */
export function formatUtc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Writes the time of day, and the day too when it is not the one of `now`: `14:05`, `25 Nov 14:05`. */
export function formatWhen(date: Date, now: Date): string {
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}`
  if (date.toDateString() === now.toDateString()) return time
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`
}

/**
 * Reads unix seconds as a date.
 * @returns undefined for 0, what is below, and what no calendar holds: such a number is shown as it is.
 */
export function dateOf(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000)
  return seconds > 0 && date.getFullYear() < 10_000 ? date : undefined
}
