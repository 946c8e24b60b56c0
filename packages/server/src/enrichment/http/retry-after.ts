/**
 * Reads the header Retry-After (RFC 9110, 10.2.3): seconds or a date.
 * @returns milliseconds to wait, at most a day; undefined when there is none that can be read
 */
export function retryAfterMillis(header: string | undefined, now: number = Date.now()): number | undefined {
  if (header === undefined) return undefined
  const millis = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(millis, 0), 86_400_000)
}
