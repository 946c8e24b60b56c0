/**
 * Writes a length of time for people, with two units at most: `340 ms`, `1.4 s`, `2 min 05 s`, `3 h 10 min`, `2 d 4 h`.
 * @param millis milliseconds.
 */
export function formatDuration(millis: number): string {
  if (millis < 0) return `−${formatDuration(-millis)}`
  if (millis < 999.5) return millis > 0 && millis < 0.95 ? '< 1 ms' : `${Math.round(millis)} ms`
  if (millis < 59_950) return `${trim(millis / 1000)} s`
  const seconds = Math.round(millis / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`
}

/**
 * Writes a running clock, whose width changes at the hour only: `0:07`, `12:40`, `1:02:09`.
 * @param millis milliseconds; less than 0 is 0.
 */
export function formatClock(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}

const pad = (value: number) => String(value).padStart(2, '0')
const trim = (value: number) =>
  value < 9.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value))
