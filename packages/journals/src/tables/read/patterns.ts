import type { Scan } from '@quarry/tables/define-table'

/**
 * The patterns of `LIKE` and `GLOB` on some columns, as expressions that match at least what SQLite would: it looks again at each row.
 * What is left out by them need not be made into a row at all.
 */
export function patterns(scan: Scan, columns: Iterable<string>): Record<string, readonly RegExp[]> {
  const found: Record<string, readonly RegExp[]> = {}
  for (const name of columns) {
    const expressions: RegExp[] = []
    for (const { op, value } of scan.constraints(name)) {
      if (typeof value !== 'string' || value.length > LONGEST) continue
      if (op === 'LIKE') expressions.push(new RegExp(`^${value.replace(SPECIAL, inLike)}$`, 'i'))
      if (op === 'GLOB') expressions.push(new RegExp(`^${value.replace(SPECIAL_OR_SET, inGlob)}$`))
    }
    if (expressions.length > 0) found[name] = expressions
  }
  return found
}

const LONGEST = 1000
const SPECIAL = /[\\^$.*+?()[\]{}|/%_-]/g
const SPECIAL_OR_SET = /\[\^?\]?[^\]]*\]?|[\\^$.*+?(){}|/-]|\]/g
/** A character of SQLite may be two of JavaScript. */
const ONE = '[^]{1,2}'
const ANY = '[^]*?'

const inLike = (text: string) => (text === '%' ? ANY : text === '_' ? ONE : `\\${text}`)

function inGlob(text: string): string {
  if (text === '*') return ANY
  return text === '?' || text.startsWith('[') ? ONE : `\\${text}`
}
