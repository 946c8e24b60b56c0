import { AppError } from '@quarry/schema'
import type { Token } from './tokenize.ts'

/** The table on the device that holds the lists of a query: one row for each value of each list. */
const listTable = 'quarry_list'

/** A list as it is asked of: its name in the table, whether its values are numbers, whether any holds `%`. */
interface ListUse {
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

/** Tokens `from` to `to`, and the text that takes their place. */
interface Replacement {
  from: number
  to: number
  text: string
}

/**
 * Puts a list into the place where its variable stands: `= '$$x$$'` and `IN ($$x$$)` become `IN (SELECT …)`, `LIKE '%$$x$$%'` an EXISTS.
 * @param texts the rendered text of each token; those that the list replaces are changed in place
 * @throws AppError `bad_variable` that shows the place, where no list can stand
 */
export function placeList(tokens: readonly Token[], texts: string[], found: Found): void {
  const near: Near = (index, step) => {
    let next = index + step
    while (tokens[next] && /^(space|comment)$/.test(tokens[next]!.kind)) next += step
    return next
  }
  const place = replacement(tokens, texts, found, near)
  if (!place) throw refusal(tokens, found.at, near)
  texts.fill('', place.from, place.to + 1)
  texts[place.from] = place.text
}

/** Index of the next token, or the one before, that is neither space nor comment. */
type Near = (index: number, step: 1 | -1) => number

function replacement(
  tokens: readonly Token[],
  texts: readonly string[],
  found: Found,
  near: Near,
): Replacement | undefined {
  const is = (index: number, pattern: RegExp) => pattern.test(tokens[index]?.text ?? '')
  // `= lower('$$x$$')`: one function around the value goes around each value of the list.
  const call = near(near(found.at, -1), -1)
  const wrapped = is(near(found.at, -1), /^\($/) && is(near(found.at, 1), /^\)$/) && isFunction(tokens[call])
  const [from, to] = wrapped ? [call, near(found.at, 1)] : [found.at, found.at]
  const item = itemOf(found, wrapped ? tokens[call]!.text : '')
  const select = `SELECT ${item(found.numbers ? 'CAST(value AS INTEGER)' : 'value')} FROM ${listTable} WHERE list = ${literal(found.name)}`

  const operator = near(from, -1)
  if (is(operator, /^==?$/)) return { from: operator, to, text: `IN (${select})` }
  const before = near(operator, -1)
  if (is(operator, /^\($/) && is(before, /^in$/i) && is(near(to, 1), /^\)$/))
    return { from, to, text: select }
  if (!is(operator, /^like$/i) || is(near(to, 1), /^escape$/i)) return undefined

  // Without a wildcard LIKE means equality, and equality is what a table can look up.
  if (found.before === '' && found.after === '' && !found.wild)
    return { from: operator, to, text: `IN (${select})` }
  const not = is(before, /^not$/i)
  const end = not ? near(before, -1) : before
  const start = operandStart(tokens, end, near)
  if (start === undefined || tight.has(tokens[near(start, -1)]?.text ?? '')) return undefined
  const left = texts.slice(start, end + 1).join('')
  const items = `SELECT value AS quarry_item FROM ${listTable} WHERE list = ${literal(found.name)}`
  const text = `EXISTS (SELECT 1 FROM (${items}) WHERE ${left} LIKE ${item('quarry_item')})`
  return { from: start, to, text: not ? `NOT ${text}` : text }
}

/** A value of the list with what stands around it. */
function itemOf({ before, after }: Found, wrap: string): (value: string) => string {
  return (value) => {
    const glued = [before && literal(before), value, after && literal(after)].filter(Boolean).join(' || ')
    return wrap ? `${wrap}(${glued})` : glued
  }
}

function refusal(tokens: readonly Token[], at: number, near: Near): AppError {
  const [from, to] = [tokens[near(near(at, -1), -1)], tokens[near(at, 1)]]
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

const isFunction = (token: Token | undefined) =>
  token?.kind === 'word' &&
  !/^(in|and|or|not|like|when|then|else|on|where|having|select|exists|values)$/i.test(token.text)

/** Index of the token where the operand begins that ends at `end`: a column, a call, or something in parentheses. */
function operandStart(tokens: readonly Token[], end: number, near: Near): number | undefined {
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
