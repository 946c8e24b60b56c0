import type { Query } from '@quarry/schema/endpoints/queries'

type Searched = Pick<Query, 'name' | 'code' | 'description' | 'categories' | 'attack' | 'template'>

/**
 * Whether all words of a search occur in a query, in any order and regardless of case.
 * @param withSql looks into the SQL too; only in designer mode, where people see it.
 */
export function matchQuery(query: Searched, search: string, withSql: boolean): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = [
    query.name,
    query.code,
    query.description,
    ...query.categories.map(({ name }) => name),
    ...query.attack,
    withSql ? query.template : '',
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}
