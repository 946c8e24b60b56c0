import { type Token, tokenize, variablePattern } from './tokenize.ts'

/** Where a variable stands: a whole literal `'$$x$$'`, a part of one `'%$$x$$%'`, or bare `= $$x$$`. */
export type Place = 'literal' | 'within' | 'bare'

export interface VariableUse {
  name: string
  place: Place
  /** Place of `$$name$$` in the template, in UTF-16 units. */
  from: number
  to: number
}

/** Finds every use of a variable in a template, in order. What stands in a comment is no use. */
export function findVariables(template: string): VariableUse[] {
  return tokenize(template).flatMap(usesIn)
}

/** The uses inside one token. */
export function usesIn(token: Token): VariableUse[] {
  if (token.kind === 'variable') return [use(token.text, 'bare', token.from)]
  if (token.kind !== 'string' && token.kind !== 'name') return []
  const found = [...token.text.matchAll(new RegExp(variablePattern, 'gu'))]
  return found.map((match) => {
    const whole = match[0].length === token.text.length - 2
    return use(match[0], whole ? 'literal' : 'within', token.from + match.index)
  })
}

function use(text: string, place: Place, from: number): VariableUse {
  return { name: text.slice(2, -2).trim(), place, from, to: from + text.length }
}
