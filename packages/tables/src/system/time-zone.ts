const millisPerDay = 86_400_000

/** A POSIX TZ rule, as the last line of a time zone file holds it: `CET-1CEST,M3.5.0,M10.5.0/3`. */
const rulePattern =
  /^(<[^>]+>|[A-Za-z]+)([+-]?[\d:]+)(?:(<[^>]+>|[A-Za-z]+)([+-]?[\d:]+)?(?:,([^,]+),([^,]+))?)?$/

/**
 * The short name of a time zone (CET, CEST, …) at a time, from the bytes of its file (RFC 9636, version 2 or later).
 * @param millis Milliseconds since 1970.
 * @returns undefined where the file is none or has no rule for the present.
 */
export function zoneName(bytes: Uint8Array, millis: number): string | undefined {
  const text = Buffer.from(bytes).toString('latin1')
  if (!text.startsWith('TZif')) return undefined
  const footer = /\n([^\n]*)\n$/.exec(text)?.[1]
  return footer ? nameByRule(footer, millis) : undefined
}

function nameByRule(rule: string, millis: number): string | undefined {
  const [, standard, offset = '', summer, summerOffset, from, to] = rulePattern.exec(rule) ?? []
  if (!standard) return undefined
  if (!summer) return plain(standard)
  // Offsets of a rule count westward.
  const standardMillis = -clockMillis(offset)
  const summerMillis = summerOffset ? -clockMillis(summerOffset) : standardMillis + 3_600_000
  const year = new Date(millis + standardMillis).getUTCFullYear()
  const begin = changeAt(from ?? 'M3.2.0', year) - standardMillis
  const end = changeAt(to ?? 'M11.1.0', year) - summerMillis
  const inSummer = begin < end ? millis >= begin && millis < end : millis >= begin || millis < end
  return plain(inSummer ? summer : standard)
}

const plain = (name: string) => name.replace(/[<>]/g, '')

/** When a rule changes the clock in a year, as if the local clock were UTC. */
function changeAt(rule: string, year: number): number {
  const [date = '', time = '2'] = rule.split('/')
  const [, month = 1, week = 1, weekday = 0] = (/^M(\d+)\.(\d+)\.(\d+)$/.exec(date) ?? []).map(Number)
  if (date.startsWith('M')) return monthly(year, month, week, weekday) + clockMillis(time)
  const day = Number(date.replace('J', ''))
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  // `Jn` counts from 1 and leaves out 29 February, `n` counts from 0.
  const index = date.startsWith('J') ? day - 1 + (leap && day >= 60 ? 1 : 0) : day
  return Date.UTC(year, 0, 1) + index * millisPerDay + clockMillis(time)
}

/** Midnight of a month's nth weekday; the fifth is the last. */
function monthly(year: number, month: number, week: number, weekday: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
  let day = 1 + ((weekday - first + 7) % 7) + (week - 1) * 7
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) day -= 7
  return Date.UTC(year, month - 1, day)
}

function clockMillis(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  return (text.startsWith('-') ? -1000 : 1000) * (hours * 3600 + minutes * 60 + seconds)
}
