/** What a piece of SQL is. `name` is a quoted identifier, `variable` a bare `$$name$$`. */
export type TokenKind =
  | 'space'
  | 'comment'
  | 'string'
  | 'blob'
  | 'name'
  | 'word'
  | 'number'
  | 'variable'
  | 'parameter'
  | 'operator'
  | 'unknown'

export interface Token {
  kind: TokenKind
  text: string
  /** Place in the text, in UTF-16 units; `to` is one past the end. */
  from: number
  to: number
}

/**
 * The spelling of a variable: `$$name$$`. A name begins with a letter, a digit or `_`; in it may stand whatever ends neither a line nor a
 * literal, since public queries put their instructions there: `$$All (1) or only encoded (0)$$`.
 */
export const variablePattern = String.raw`\$\$[\p{L}\p{N}_][^$\n\r'"\x60;\\]{0,127}?\$\$`

// SQLite's lexical rules (https://www.sqlite.org/lang_expr.html, section on literals and parameters). An
// unterminated comment runs to the end, as in SQLite; an unterminated string is `unknown`.
const rules: [TokenKind, RegExp][] = [
  ['space', /[\s\u00a0\ufeff]+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['blob', /[xX]'(?:[0-9a-fA-F]{2})*'/y],
  ['string', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['variable', new RegExp(variablePattern, 'uy')],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy],
  ['parameter', /\?\d*|[:@#][\p{L}\p{N}_]+/uy],
  ['operator', /->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[-+*/%&|~<>=(),.;]/y],
]

/** Cuts SQL into tokens without gaps: joined, their texts are the SQL again. Never throws. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < sql.length) {
    const token = tokenAt(sql, at)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function tokenAt(sql: string, from: number): Token {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = from
    const text = pattern.exec(sql)?.[0]
    // A word must not swallow the dollars of a variable that follows it.
    const cut = kind === 'word' && text?.includes('$$') ? text.slice(0, text.indexOf('$$')) : text
    if (cut) return { kind, text: cut, from, to: from + cut.length }
  }
  const text = /['"`[]/.test(sql[from]!) ? sql.slice(from) : sql[from]!
  return { kind: 'unknown', text, from, to: from + text.length }
}

/** The tokens that mean something: without spaces and comments. */
export function significant(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment')
}
