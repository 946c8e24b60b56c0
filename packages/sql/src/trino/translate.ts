// Trino's dialect, in which public lake queries are written, as DuckDB's. What is not known to mean the same is refused, with its place.
import { significant, type Token, tokenize } from '../tokenize.ts'
import { functions } from './functions.ts'

/** A piece of the text that can't be translated; places in UTF-16 units, `to` one past the end. */
interface Refusal {
  from: number
  to: number
  reason: string
}

const openers = new Set(
  'select from where and or not in as on join exists values with by having then when else case over using union all except intersect any distinct between like is'.split(
    ' ',
  ),
)

/**
 * Translates a Trino query to DuckDB's SQL. `sql` is there only when nothing was refused. Variables must be rendered before.
 */
export function translateTrino(text: string): { sql?: string; refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const sql = write(significant(tokenize(text)), refusals)
  return refusals.length ? { refusals } : { sql, refusals }
}

function write(tokens: Token[], refusals: Refusal[]): string {
  const out: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const called = tokens[at + 1]?.text === '(' && (token.kind === 'word' || token.kind === 'name')
    if (called && !openers.has(token.text.toLowerCase()) && !namesTable(tokens[at - 1])) {
      const end = closing(tokens, at + 1)
      if (namesColumns(tokens, end)) {
        out.push(token.text)
        continue
      }
      out.push(call(token, tokens.slice(at + 2, end), refusals))
      at = end
    } else {
      const reason = refused(token)
      if (reason) refusals.push({ from: token.from, to: token.to, reason })
      out.push(token.text)
    }
  }
  return out.join(' ')
}

// `AS t (a, b)` and `WITH t (a, b)` name columns; they call nothing.
function namesTable(before: Token | undefined): boolean {
  return before?.kind === 'word' && /^(as|with|recursive)$/i.test(before.text)
}

// `, t (a, b) AS (SELECT …)`: a further named query of a WITH.
function namesColumns(tokens: Token[], end: number): boolean {
  const next = tokens.slice(end + 1, end + 4).map((token) => token.text.toLowerCase())
  return next[0] === 'as' && next[1] === '(' && (next[2] === 'select' || next[2] === 'values')
}

function refused({ kind, text }: Token): string | undefined {
  if (text === '/') return 'Division of whole numbers differs and the types are not known here.'
  if (text === '[' || (kind === 'name' && text[0] !== '"'))
    return 'Arrays and quoted names of this form are not translated.'
  if (kind === 'unknown' || kind === 'blob' || kind === 'variable' || kind === 'parameter' || text === '->')
    return 'This is not translated.'
}

function call(name: Token, inside: Token[], refusals: Refusal[]): string {
  const args = split(inside).map((arg) => write(arg, refusals))
  const written = functions.get(name.text.toLowerCase())?.(args)
  if (written === undefined)
    refusals.push({ from: name.from, to: name.to, reason: `${name.text}() is not translated in this form.` })
  return written ?? ''
}

function closing(tokens: Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === '(') depth++
    if (tokens[at]!.text === ')' && --depth === 0) return at
  }
  return tokens.length
}

function split(tokens: Token[]): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (token.text === ',' && depth === 0) parts.push([])
    else parts.at(-1)!.push(token)
  }
  return tokens.length ? parts : []
}
