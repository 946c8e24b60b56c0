import type { Token } from './tokenize.ts'

/** Something about a piece of SQL that its author would want to know. */
export interface Finding {
  /** Place in the text, in UTF-16 units; `to` is one past the end. */
  from: number
  to: number
  /** Where it begins, counted from 1; the column in UTF-16 units. */
  line: number
  column: number
  severity: 'error' | 'warning' | 'info'
  message: string
}

/** A finding before its line is counted. */
export type Remark = Omit<Finding, 'line' | 'column'>

/** A remark about a token. */
export function at(token: Token, severity: Finding['severity'], message: string): Remark {
  return { from: token.from, to: token.to, severity, message }
}

/** More findings than these are no help, and slow an editor. */
const mostFindings = 500

/** Puts remarks in the order of the text and counts their lines. */
export function placed(sql: string, remarks: readonly Remark[]): Finding[] {
  let line = 1
  let start = 0
  return [...remarks]
    .sort((a, b) => a.from - b.from)
    .slice(0, mostFindings)
    .map((remark) => {
      for (
        let next = sql.indexOf('\n', start);
        next >= 0 && next < remark.from;
        next = sql.indexOf('\n', start)
      ) {
        line++
        start = next + 1
      }
      return { ...remark, line, column: remark.from - start + 1 }
    })
}

/** Whether a token may name a column or a table. */
export function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name'
}
