import type { Scan } from '@quarry/tables/define-table'
import type { Pattern } from '../../store/types.ts'

/** Columns of a table, each with the columns of a journal that it may show; none where it is always NULL. */
export type Shows = Iterable<readonly [name: string, columns: readonly string[]]>

/**
 * The patterns of `LIKE` and `GLOB` on some columns, as expressions that match at least what SQLite would: it looks again at each row.
 * What is left out by them need not be made into a row at all.
 */
export function patterns(scan: Scan, shows: Shows): Pattern[] {
  const found: Pattern[] = []
  for (const [name, columns] of shows) {
    const expressions: RegExp[] = []
    for (const { op, value } of scan.constraints(name)) {
      if (typeof value !== 'string' || value.length > LONGEST || value.includes('\0')) continue
      if (op === 'LIKE') expressions.push(new RegExp(`^${value.replace(SPECIAL, inLike)}$`, 'i'))
      if (op === 'GLOB') expressions.push(new RegExp(`^${value.replace(SPECIAL_OR_SET, inGlob)}$`))
    }
    if (expressions.length > 0) found.push({ columns, expressions })
  }
  return found
}

/** The values of `=` and `IN` on some columns, in the same way: for columns that may show one of several of the journal. */
export function equalTo(scan: Scan, shows: Shows): Pattern[] {
  const found: Pattern[] = []
  for (const [name, columns] of shows) {
    const texts = scan.texts(name)
    if (!texts || texts.length > MOST_VALUES || texts.some(({ length }) => length > LONGEST)) continue
    const any = texts.map((text) => text.replace(SPECIAL, '\\$&')).join('|')
    found.push({ columns, expressions: [new RegExp(`^(?:${any})$`)] })
  }
  return found
}

/** Patterns as they can be compared, as JSON. */
export const shapeOf = (all: readonly Pattern[]) =>
  all.map(({ columns, expressions }) => [columns, expressions.map(String)])

const MOST_VALUES = 100
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
