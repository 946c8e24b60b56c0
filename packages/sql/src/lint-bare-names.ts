import type { TableSpec } from '@quarry/schema'
import { at, isName, type Remark } from './finding.ts'
import { platformsOfColumn } from './foreign-tables.ts'
import type { Guess } from './guess.ts'
import { nameOf, type Source, type Statement } from './sources.ts'
import type { Token } from './tokenize.ts'

// Words that are no columns: SQLite's keywords (https://www.sqlite.org/lang_keywords.html) as far as a SELECT can hold them,
// names of types, units of a frame, and what stands for a value.
const words = new Set(
  `abort all and any as asc between binary bigint blob boolean by case cast char collate cross current current_date current_time
  current_timestamp date datetime decimal desc distinct double else end escape except exclude exists explain false filter first float following from full
  glob group groups having in indexed inner int integer intersect into is isnull join last left like limit match materialized natural no not nocase
  notnull null nulls numeric offset on or order others outer over partition plan preceding precision query range real recursive regexp
  right row rows rowid oid _rowid_ rtrim select smallint text then ties time tinyint true unbounded union unsigned using values varchar
  when where window with`.split(/\s+/),
)

/**
 * Checks names without a table in the plainest of statements: one SELECT from tables that are all known, nothing nested. In any
 * other a bare name may mean a column of something that is not known here.
 */
export function lintBareNames(
  { tokens, sources, ctes }: Statement,
  spec: (source: Source) => TableSpec | undefined,
  guess: Guess,
): Remark[] {
  const selects = tokens.filter((token) => /^(select|values)$/i.test(token.text)).length
  const tables = [...new Set(sources.map(spec))]
  if (ctes.size > 0 || selects !== 1 || tables.length === 0 || tables.some((table) => !table)) return []
  const columns = tables.flatMap((table) => table!.columns)
  const known = new Set([
    ...columns.map((column) => column.name.toLowerCase()),
    ...sources.flatMap((source) => [source.alias.toLowerCase(), source.table?.toLowerCase() ?? '']),
    ...aliasesIn(tokens),
    ...windowsIn(tokens),
  ])
  const visible = columns.filter((column) => !column.aliasOf).map((column) => column.name)
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'word' || !isColumn(tokens, index)) return []
    const name = nameOf(token).toLowerCase()
    if (known.has(name) || words.has(name)) return []
    if (tables.some((table) => platformsOfColumn(table!.name, name))) return []
    const near = guess(name, () => visible)
    const where = tables.length === 1 ? `“${tables[0]!.name}” has` : 'The tables have'
    return [at(token, 'error', `${where} no column “${token.text}”.${near}`)]
  })
}

/** Neither a function nor a part of `a.b` nor a collation. */
export function isColumn(tokens: readonly Token[], index: number): boolean {
  const after = tokens[index + 1]?.text
  const before = tokens[index - 1]?.text ?? ''
  return before !== '.' && after !== '.' && after !== '(' && !/^collate$/i.test(before)
}

/** Names of windows: `OVER w`, `WINDOW w AS (…)`. */
function windowsIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const named = /^as$/i.test(tokens[index + 1]?.text ?? '') && tokens[index + 2]?.text === '('
    return named || /^over$/i.test(tokens[index - 1]?.text ?? '') ? [nameOf(token).toLowerCase()] : []
  })
}

/** Names that the statement gives: `AS x`, and a name right after a value (`count(*) n`). */
export function aliasesIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1]
    if (!isName(token) || !before) return []
    const afterValue =
      before.text === ')' ||
      /^(number|string|name|blob|variable)$/.test(before.kind) ||
      /^(as|end)$/i.test(before.text) ||
      (before.kind === 'word' && !words.has(before.text.toLowerCase()))
    return afterValue && !words.has(token.text.toLowerCase()) ? [nameOf(token).toLowerCase()] : []
  })
}
