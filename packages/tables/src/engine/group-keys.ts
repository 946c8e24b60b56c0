/** The values of one group in the order of its columns. */
export type Group = readonly (string | number | bigint | null)[]

/** What tells the group of a row from others in a Map; equal for rows of one group. */
export function groupKey(row: Record<string, unknown>, by: readonly string[]): unknown {
  if (by.length === 1) return cell(row[by[0]!])
  let key = ''
  for (const name of by) {
    const value = cell(row[name])
    const text = String(value)
    key += `${typeof value === 'string' ? 's' : 'n'}${text.length}:${text}`
  }
  return key
}

/** The group of a row. */
export const groupOf = (row: Record<string, unknown>, by: readonly string[]): Group =>
  by.map((name) => cell(row[name]))

/** Compares groups as SQLite does: NULL, then numbers, then texts by their bytes. */
export function compareGroups(a: Group, b: Group): number {
  for (let index = 0; index < a.length; index++) {
    const order = compare(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return 0
}

/** A value as SQLite has it: a text without lone surrogates, a boolean as a number, and NULL for what is no number. */
function cell(value: unknown): Group[number] {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'bigint' ? value : null
}

const rank = (value: Group[number]) => (value === null ? 0 : typeof value === 'string' ? 2 : 1)

function compare(a: Group[number], b: Group[number]): number {
  const order = rank(a) - rank(b)
  if (order !== 0 || a === null || b === null) return order
  if (typeof a === 'string') return compareBytes(a, b as string)
  const other = b as number | bigint
  return a < other ? -1 : a > other ? 1 : 0
}

/** The order of two texts by their bytes in UTF-8: as by their UTF-16 units, but that surrogates come last. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (one !== other) return lifted(one) - lifted(other)
  }
  return a.length - b.length
}

const lifted = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
