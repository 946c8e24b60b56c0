import type { LogLine } from './login.ts'

const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const old = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\S+ )?/
const tag = /^([^\s:[\]]+)\]?(?:\[(\d+)\])?: ?/

/**
 * Reads a line as syslog daemons write it, with the old date (local time, without a year) or the one of RFC 3339.
 * @param now milliseconds since 1970, by which the year is guessed
 */
export function parseSyslog(line: string, now: number): LogLine | undefined {
  const [head, at] = timeOf(line, now) ?? []
  if (head === undefined || at === undefined) return undefined
  const rest = line.slice(head)
  const [whole, program, pid] = tag.exec(rest) ?? []
  if (whole === undefined || !program) return undefined
  return { at, program, ...(pid && { pid: Number(pid) }), message: rest.slice(whole.length) }
}

/** Length of date and host, and the moment. */
function timeOf(line: string, now: number): [length: number, at: number] | undefined {
  const space = line.indexOf(' ')
  const first = line.slice(0, space)
  if (iso.test(first)) {
    const host = line.indexOf(' ', space + 1)
    const at = Date.parse(first)
    return host < 0 || Number.isNaN(at) ? undefined : [host + 1, at]
  }
  const [whole, month, day, hour, minute, second, host] = old.exec(line) ?? []
  const index = months.indexOf(month ?? '')
  if (whole === undefined || index < 0 || !host) return undefined
  const inYear = (year: number) =>
    new Date(year, index, Number(day), Number(hour), Number(minute), Number(second)).getTime()
  const year = new Date(now).getFullYear()
  const at = inYear(year)
  // Read in January, a line of December is last year's.
  return [whole.length, at > now + 86_400_000 ? inYear(year - 1) : at]
}
