import type { Constraint, Scan, Value } from '@quarry/tables/define-table'
import type { Range } from '../../store/types.ts'

/** How far back a journal is read when the statement does not say. */
const defaultMillis = 15 * 60 * 1000

/**
 * The time that a scan asks for, in milliseconds since 1970 with both ends included; undefined when no time can match. Without a
 * word on the time and without the process asked for, the last 15 minutes, and a warning says so.
 * @param table name for the warning
 * @param now in milliseconds since 1970
 */
export function timeRange(scan: Scan, table: string, now: number): Range | undefined {
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  for (const [column, unit] of [['time', 1000] as const, ['time_ms', 1] as const]) {
    for (const constraint of scan.constraints(column)) narrow(range, constraint, unit)
    const values = scan.values(column)
    if (values) narrowTo(range, values, unit)
  }
  if (range.from > range.to) return undefined
  const said = scan.constrained('time') || scan.constrained('time_ms')
  if (!said && !scan.from && scan.values('sophos_pid') === undefined) {
    scan.warn(
      `Nothing is said about the time of ${table}, so only its last 15 minutes were searched; \`time > 0\` searches all.`,
      'window_defaulted',
    )
    range.from = now - defaultMillis
  }
  return {
    ...(Number.isFinite(range.from) && { from: range.from }),
    ...(Number.isFinite(range.to) && { to: range.to }),
  }
}

/** A second holds the milliseconds from `unit * value` on. What is no number sorts after every number, as in SQLite. */
function narrow(range: Required<Range>, { op, value }: Constraint, unit: number) {
  const number = numberOf(value)
  if (op === '>') range.from = Math.max(range.from, (Math.floor(number) + 1) * unit)
  if (op === '>=') range.from = Math.max(range.from, Math.ceil(number) * unit)
  if (op === '<') range.to = Math.min(range.to, Math.ceil(number) * unit - 1)
  if (op === '<=') range.to = Math.min(range.to, (Math.floor(number) + 1) * unit - 1)
}

function narrowTo(range: Required<Range>, values: readonly Value[], unit: number) {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    least = Math.min(least, numberOf(value))
    most = Math.max(most, numberOf(value))
  }
  range.from = Math.max(range.from, least * unit)
  range.to = Math.min(range.to, (Math.floor(most) + 1) * unit - 1)
}

const numberOf = (value: Value): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.POSITIVE_INFINITY
