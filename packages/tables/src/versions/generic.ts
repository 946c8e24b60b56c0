/** Compares numbers of any length by their digits. */
export function compareDigits(left: string, right: string): number {
  const a = left.replace(/^0+/, '')
  const b = right.replace(/^0+/, '')
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

const DIGITS = /^\d+$/

/**
 * Compares versions part by part, parts being what stands between points and other signs: as numbers where both are, else
 * character by character. The version that has more parts is the newer one.
 */
export function compareGeneric(left: string, right: string): number {
  const a = left.split(/[^A-Za-z0-9]+/).filter((part) => part !== '')
  const b = right.split(/[^A-Za-z0-9]+/).filter((part) => part !== '')
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const one = a[index]!
    const other = b[index]!
    if (DIGITS.test(one) && DIGITS.test(other)) {
      const order = compareDigits(one, other)
      if (order !== 0) return order
    } else if (one !== other) return one < other ? -1 : 1
  }
  return a.length - b.length
}
