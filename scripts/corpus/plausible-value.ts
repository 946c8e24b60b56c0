import type { DataType } from '@quarry/schema'

/** What the values are made from: something that this machine really has. */
export interface KnownThings {
  /** Unix seconds. */
  now: number
  sophosPid: string
  pid: number
  path: string
  sha256: string
  username: string
}

/**
 * Thinks of a value for a variable by its name, as an analyst would type it: `start_time` is a day ago, `sha256` the hash of a
 * program that runs, a name that says nothing is `%`.
 */
export function plausibleValue(name: string, known: KnownThings): { value: string; dataType: DataType } {
  const text = (value: string) => ({ value, dataType: 'text' as const })
  const whole = (value: number) => ({ value: String(value), dataType: 'integer' as const })
  const is = (pattern: RegExp) => pattern.test(name)
  if (is(/days|number of|hours|weeks|count|level|limit|minutes/i)) return whole(1)
  if (is(/^(begin|start)|begin|start.?time|start.?date|from.?date|date.?from|after/i))
    return whole(known.now - 86_400)
  if (is(/^end$|end.?time|end.?date|to.?date|until|before/i)) return whole(known.now)
  if (is(/date|time/i)) return whole(known.now - 86_400)
  if (is(/spid|sophos.?pid/i)) return text(known.sophosPid)
  // A column named by a variable: `h.$$hash_type$$`.
  if (is(/type|algorithm|column/i)) return text(is(/hash/i) ? 'sha256' : '%')
  if (is(/sha.?256|hash/i)) return text(known.sha256)
  if (is(/\bpid\b|process.?id/i)) return whole(known.pid)
  if (is(/\bip\b|ip.?addr|address/i)) return text('127.0.0.1')
  if (is(/port/i)) return whole(443)
  if (is(/event.?id|eventid/i)) return whole(4624)
  if (is(/user|account|person/i)) return text(known.username)
  if (is(/url|domain|host|dns/i)) return text('example.com')
  if (is(/path|file|folder|directory/i)) return text(known.path)
  if (is(/bool|enable|only|include/i)) return whole(1)
  return text('%')
}
