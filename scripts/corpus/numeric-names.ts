import { findVariables } from '@quarry/sql'

const before = /(\b(limit|offset)|[<>]=?|[-+*/%]|\bcast\s*\()\s*'?$/i
const after = /^'?\s*([-+*/%<>]|as\s+(int|integer|bigint|real|double)\b)/i
/** `'-$$n$$ days'`, a modifier of SQLite's dates. */
const modifier = /^\s*(second|minute|hour|day|month|year)s?\b/i

/** Names of the variables that stand where only a number makes sense, whatever they are called. */
export function numericNames(template: string): Set<string> {
  const names = findVariables(template)
    .filter(({ from, to, place }) => {
      const left = template.slice(Math.max(0, from - 20), from)
      const right = template.slice(to, to + 20)
      return place === 'within' ? modifier.test(right) : before.test(left) || after.test(right)
    })
    .map(({ name }) => name)
  return new Set(names)
}
