const units = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/** Shortcuts that the field of a date offers; each is worked out when the query runs. */
export const shortcuts = [
  { value: 'now', label: 'Now' },
  { value: '-15m', label: '15 minutes ago' },
  { value: '-1h', label: '1 hour ago' },
  { value: '-24h', label: '24 hours ago' },
  { value: '-7d', label: '7 days ago' },
  { value: '-30d', label: '30 days ago' },
  { value: '-90d', label: '90 days ago' },
] as const

/**
 * Reads a moment as the form keeps it: `now`, a distance (`-24h`, `-7d`), RFC 3339, `2026-11-24T09:30` in local time, or unix seconds.
 * @returns undefined for anything else
 */
export function momentOf(text: string, now: Date): Date | undefined {
  const trimmed = text.trim()
  if (/^now$/i.test(trimmed)) return now
  const distance = /^-(\d{1,6})([smhdw])$/.exec(trimmed)
  if (distance)
    return new Date(now.getTime() - Number(distance[1]) * units[distance[2] as keyof typeof units] * 1000)
  if (/^-?\d{1,11}$/.test(trimmed)) return new Date(Number(trimmed) * 1000)
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(trimmed))
    return undefined
  const moment = new Date(/T/.test(trimmed) ? trimmed : `${trimmed}T00:00`)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}
