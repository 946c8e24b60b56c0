import type { Token } from './tokenize.ts'

/** Something about a piece of SQL that its author would want to know. */
export interface Finding {
  /** Place in the text, in UTF-16 units; `to` is one past the end. */
  from: number
  to: number
  severity: 'error' | 'warning' | 'info'
  message: string
}

/** A finding about a token. */
export function at(token: Token, severity: Finding['severity'], message: string): Finding {
  return { from: token.from, to: token.to, severity, message }
}

/** Whether a token may name a column or a table. */
export function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name'
}
