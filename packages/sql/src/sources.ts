import { significant, type Token, tokenize } from './tokenize.ts'

/** A table, view or subquery that a statement reads from. */
export interface Source {
  /** Name as written, without quotes; undefined for a subquery. */
  table: string | undefined
  alias: string
  token: Token
}

export interface Statement {
  /** Tokens without spaces and comments. */
  tokens: Token[]
  sources: Source[]
  /** Names of common table expressions, in small letters. */
  ctes: Set<string>
}

/** The text of a word or quoted name without its quotes. */
export function nameOf(token: Token): string {
  return token.kind === 'name' ? token.text.slice(1, -1) : token.text
}

const notAlias =
  /^(where|join|left|right|full|inner|outer|cross|natural|on|using|group|order|limit|having|union|except|intersect|window|indexed|not|and|or|set|values|select)$/i

/**
 * Finds what a statement reads, over all its nested queries at once: enough for a linter, no parser.
 * `FROM a x, b JOIN (SELECT …) c` gives a as x, b as b, and c without a table.
 */
export function readStatement(sql: string): Statement {
  const tokens = significant(tokenize(sql))
  const statement: Statement = { tokens, sources: [], ctes: new Set() }
  const closing = closings(tokens)
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue
    if (isCte(tokens, index, closing)) statement.ctes.add(nameOf(token).toLowerCase())
    if (/^(from|join)$/i.test(token.text) && !isDistinctFrom(tokens, index))
      readList(tokens, index + 1, closing, statement.sources)
  }
  return statement
}

function isCte(tokens: Token[], index: number, closing: Closings): boolean {
  let next = index + 1
  if (tokens[next]?.text === '(') next = closing(next) + 1
  if (!/^as$/i.test(tokens[next]?.text ?? '')) return false
  next++
  if (/^not$/i.test(tokens[next]?.text ?? '')) next++
  if (/^materialized$/i.test(tokens[next]?.text ?? '')) next++
  return tokens[next]?.text === '(' && /^(select|with|values)$/i.test(tokens[next + 1]?.text ?? '')
}

function isDistinctFrom(tokens: Token[], index: number): boolean {
  return /^distinct$/i.test(tokens[index - 1]?.text ?? '')
}

function readList(tokens: Token[], start: number, closing: Closings, sources: Source[]): void {
  let at = start
  for (;;) {
    const token = tokens[at]
    if (!token) return
    let table: string | undefined
    if (token.text === '(') {
      at = closing(at) + 1
    } else if (token.kind === 'word' || token.kind === 'name') {
      table = nameOf(token)
      at++
      // A table-valued function such as json_each(…) is a source without known columns.
      if (tokens[at]?.text === '(') [table, at] = [undefined, closing(at) + 1]
    } else return
    if (/^as$/i.test(tokens[at]?.text ?? '')) at++
    const alias = tokens[at]
    if (alias && (alias.kind === 'name' || (alias.kind === 'word' && !notAlias.test(alias.text)))) {
      sources.push({ table, alias: nameOf(alias), token })
      at++
    } else sources.push({ table, alias: table ?? '', token })
    if (tokens[at]?.text !== ',') return
    at++
  }
}

/** Tells the index of the parenthesis that closes the one at an index, or of the last token. */
type Closings = (open: number) => number

function closings(tokens: Token[]): Closings {
  const open: number[] = []
  const closes = new Map<number, number>()
  for (const [index, { text }] of tokens.entries()) {
    if (text === '(') open.push(index)
    const opened = text === ')' ? open.pop() : undefined
    if (opened !== undefined) closes.set(opened, index)
  }
  return (at) => closes.get(at) ?? tokens.length - 1
}
