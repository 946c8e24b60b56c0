import { AppError } from '@quarry/schema'
import type { Token } from './tokenize.ts'

/** The table on the device that holds the lists of a query: one row for each value of each list. */
export const listTable = 'quarry_list'

/** A list as it is asked of: its name in the table, whether its values are numbers, whether any holds `%`. */
export interface ListUse {
  name: string
  numbers: boolean
  wild: boolean
}

/** One place of a list in a template. */
interface Found extends ListUse {
  /** Index of the token that holds the variable. */
  at: number
  /** What stands around the variable inside its quotes, filled in. */
  before: string
  after: string
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Operators that bind tighter than LIKE: what stands left of it would be only a part of the left side. */
const tight = new Set(['||', '+', '-', '*', '/', '%', '&', '|', '<<', '>>', '->', '->>', '~', '.'])

/**
 * Puts a list into the place where its variable stands: `= '$$x$$'` and `IN ($$x$$)` become `IN (SELECT …)`, `LIKE '%$$x$$%'` an EXISTS.
 * @param texts the rendered text of each token; those that the list replaces are changed in place
 * @throws AppError `bad_variable` that shows the place, where no list can stand
 */
export function placeList(tokens: readonly Token[], texts: string[], found: Found): void {
  const near = (index: number, step: 1 | -1): number => {
    let next = index + step
    while (tokens[next] && /^(space|comment)$/.test(tokens[next]!.kind)) next += step
    return next
  }
  const is = (index: number, pattern: RegExp) => pattern.test(tokens[index]?.text ?? '')
  const replace = (from: number, to: number, text: string) => {
    for (let index = from; index <= to; index++) texts[index] = ''
    texts[from] = text
  }
  const refuse = (): AppError => {
    const [from, to] = [tokens[near(near(found.at, -1), -1)], tokens[near(found.at, 1)]]
    const place = tokens
      .filter((token) => token.from >= (from?.from ?? 0) && token.to <= (to?.to ?? Number.MAX_VALUE))
      .map((token) => token.text)
      .join('')
      .replace(/\s+/g, ' ')
      .trim()
    return new AppError(
      'bad_variable',
      `A list cannot stand here: “${place}”. It can stand after =, in IN (…) and after LIKE.`,
    )
  }

  // `= lower('$$x$$')`: one function around the value goes around each value of the list.
  let [from, to, wrap] = [found.at, found.at, '']
  const call = near(near(found.at, -1), -1)
  if (is(near(found.at, -1), /^\($/) && is(near(found.at, 1), /^\)$/) && isFunction(tokens[call])) {
    wrap = tokens[call]!.text
    from = call
    to = near(found.at, 1)
  }
  const value = found.numbers ? `CAST(value AS INTEGER)` : 'value'
  const glue = (text: string, item: string) =>
    [found.before && literal(found.before), text, found.after && literal(found.after)]
      .filter(Boolean)
      .join(' || ')
      .replace(text, item)
  const whole = found.before === '' && found.after === ''
  const item = (name: string) => (wrap ? `${wrap}(${glue(name, name)})` : glue(name, name))
  const select = `SELECT ${item(value)} FROM ${listTable} WHERE list = ${literal(found.name)}`

  const operator = near(from, -1)
  if (is(operator, /^==?$/)) return replace(operator, to, `IN (${select})`)
  const opener = near(operator, -1)
  if (is(operator, /^\($/) && is(opener, /^in$/i) && is(near(to, 1), /^\)$/)) return replace(from, to, select)
  if (!is(operator, /^like$/i) || is(near(to, 1), /^escape$/i)) throw refuse()

  const not = is(opener, /^not$/i)
  // Without a wildcard LIKE means equality, and equality is what a table can look up.
  if (whole && !found.wild) return replace(operator, to, `IN (${select})`)
  const end = not ? near(opener, -1) : opener
  const start = operandStart(tokens, end, near)
  if (start === undefined || tight.has(tokens[near(start, -1)]?.text ?? '')) throw refuse()
  const left = texts.slice(start, end + 1).join('')
  replace(
    start,
    to,
    `${not ? 'NOT ' : ''}EXISTS (SELECT 1 FROM (SELECT value AS quarry_item FROM ${listTable} WHERE list = ${literal(found.name)}) WHERE ${left} LIKE ${item('quarry_item')})`,
  )
}

const isFunction = (token: Token | undefined) =>
  token?.kind === 'word' &&
  !/^(in|and|or|not|like|when|then|else|on|where|having|select|exists|values)$/i.test(token.text)

/** Index of the token where the operand begins that ends at `end`: a column, a call, or something in parentheses. */
function operandStart(
  tokens: readonly Token[],
  end: number,
  near: (index: number, step: 1 | -1) => number,
): number | undefined {
  let start = end
  if (tokens[end]?.text === ')') {
    let depth = 0
    for (; start >= 0; start--) {
      if (tokens[start]!.text === ')') depth++
      else if (tokens[start]!.text === '(' && --depth === 0) break
    }
    if (start < 0) return undefined
    const before = near(start, -1)
    return isFunction(tokens[before]) ? before : start
  }
  if (!tokens[end] || !/^(word|name|string)$/.test(tokens[end]!.kind)) return undefined
  while (tokens[near(start, -1)]?.text === '.') start = near(near(start, -1), -1)
  return start
}
