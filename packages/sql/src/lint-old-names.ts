import type { TableSpec } from '@quarry/schema'
import { at, type Remark } from './finding.ts'
import { aliasesIn, isColumn } from './lint-bare-names.ts'
import { nameOf, type Source, type Statement } from './sources.ts'

/** Tells of old names that stand without a table, where nothing else that the statement reads or names is called so. */
export function lintOldNames(
  { tokens, sources, ctes }: Statement,
  spec: (source: Source) => TableSpec | undefined,
): Remark[] {
  const old = new Map<string, string>()
  const taken = new Set<string>([...aliasesIn(tokens), ...ctes])
  for (const source of sources) {
    taken.add(source.alias.toLowerCase())
    for (const { name, aliasOf } of spec(source)?.columns ?? []) {
      if (aliasOf) old.set(name.toLowerCase(), aliasOf)
      else taken.add(name.toLowerCase())
    }
  }
  if (old.size === 0) return []
  return tokens.flatMap((token, index) => {
    const name = nameOf(token).toLowerCase()
    const now =
      token.kind === 'word' && !taken.has(name) && isColumn(tokens, index) ? old.get(name) : undefined
    return now === undefined ? [] : [at(token, 'info', `“${token.text}” is an old name of “${now}”.`)]
  })
}
