import { nameOf, readStatement, type Source } from './sources.ts'
import type { Token } from './tokenize.ts'

/** A SELECT of its own: one part of a compound, or a nested query. Names of outer ones are seen from within. */
interface Scope {
  outer: Scope | undefined
}

const comparison = /^(=|==|<>|!=|<|>|<=|>=|in|like|glob|between|is|isnull|notnull|not|regexp|match)$/i
const computation = /^(\+|-|\*|\/|%|&|\||<<|>>|\|\||->|->>)$/

/**
 * Whether a statement compares one of the columns with something, in WHERE or ON, for each place where it reads the table. It goes by
 * the text alone: a column that is part of a computation does not count, one that is compared within an OR does.
 * @param tables names of the table, and `columns` names of the column, in any case
 */
export function constrainsEverywhere(
  sql: string,
  tables: readonly string[],
  columns: readonly string[],
): boolean {
  const { tokens, sources } = readStatement(sql)
  const named = new Set(tables.map((name) => name.toLowerCase()))
  const wanted = new Set(columns.map((name) => name.toLowerCase()))
  const scopes = scopesOf(tokens)
  const uses = tokens.flatMap((token, index) =>
    isName(token) && wanted.has(nameOf(token).toLowerCase()) && isCompared(tokens, index) ? [index] : [],
  )
  const places = sources.filter(({ table }) => table !== undefined && named.has(table.toLowerCase()))
  return places.length > 0 && places.every((source) => uses.some((use) => isOf(source, use)))

  function isOf(source: Source, use: number): boolean {
    const place = tokens.indexOf(source.token)
    if (use < place) return false
    if (tokens[use - 1]?.text !== '.') return scopes[use] === scopes[place]
    if (nameOf(tokens[use - 2] ?? source.token).toLowerCase() !== source.alias.toLowerCase()) return false
    for (let scope = scopes[use]; scope; scope = scope.outer) if (scope === scopes[place]) return true
    return false
  }
}

/** The scope of each token. */
function scopesOf(tokens: readonly Token[]): Scope[] {
  let scope: Scope = { outer: undefined }
  const open: Scope[] = []
  return tokens.map((token, index) => {
    if (token.text === '(') {
      const before = scope
      open.push(before)
      if (/^(select|with|values)$/i.test(tokens[index + 1]?.text ?? '')) scope = { outer: before }
      return before
    }
    if (token.text === ')') scope = open.pop() ?? scope
    else if (/^(union|except|intersect)$/i.test(token.text)) {
      // A parenthesis closes the whole compound: what is restored then lies outside of it.
      scope = { outer: scope.outer }
    }
    return scope
  })
}

function isCompared(tokens: readonly Token[], index: number): boolean {
  const start = tokens[index - 1]?.text === '.' ? index - 2 : index
  const before = tokens[start - 1]?.text ?? ''
  const after = tokens[index + 1]?.text ?? ''
  if (computation.test(before) || computation.test(after)) return false
  if (before === '(' && /^using$/i.test(tokens[start - 2]?.text ?? '')) return true
  return comparison.test(after) || (comparison.test(before) && !/^not$/i.test(before))
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name'
}
