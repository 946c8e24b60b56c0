import { isName } from './finding.ts'
import { nameOf, readStatement, type Source, type Statement } from './sources.ts'
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
  const statement = readStatement(sql)
  const named = new Set(tables.map((name) => name.toLowerCase()))
  const places = statement.sources.filter(
    ({ table }) => table !== undefined && named.has(table.toLowerCase()),
  )
  const constrains = openConstraints(statement)
  return places.length > 0 && places.every((source) => constrains(source, columns))
}

/** Makes the same question for one place where a statement reads a table: does it compare one of the columns there? */
export function openConstraints({
  tokens,
}: Statement): (source: Source, columns: readonly string[]) => boolean {
  const scopes = scopesOf(tokens)
  const places = new Map(tokens.map((token, index) => [token, index]))
  const compared = new Map<string, number[]>()
  for (const [index, token] of tokens.entries()) {
    if (!isName(token) || !isCompared(tokens, index)) continue
    const name = nameOf(token).toLowerCase()
    const uses = compared.get(name)
    if (uses) uses.push(index)
    else compared.set(name, [index])
  }
  return (source, columns) =>
    columns.some((name) => compared.get(name.toLowerCase())?.some((use) => isOf(source, use)))

  function isOf(source: Source, use: number): boolean {
    const place = places.get(source.token) ?? 0
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
