/** Sum of the numbers among some values. */
export function sumOf(values: readonly unknown[]): bigint {
  let sum = 0n
  for (const value of values)
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)))
      sum += BigInt(value)
  return sum
}

/** Nanoseconds between two times as Docker writes them; null where one is none, or Go's empty time. */
export function intervalOf(before: string | null, after: string | null): bigint | null {
  const [from, to] = [nanosOf(before), nanosOf(after)]
  return from === null || to === null ? null : to - from
}

function nanosOf(time: string | null): bigint | null {
  const [, whole, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(time ?? '') ?? []
  const millis = Date.parse(`${whole}Z`)
  if (Number.isNaN(millis) || millis < 0) return null
  return BigInt(millis) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}
