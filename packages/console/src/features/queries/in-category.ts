import type { Query } from '@quarry/schema/endpoints/queries'

/** Whether a query belongs to a category. `custom` holds every query that was not shipped, whatever its other categories. */
export function inCategory(query: Pick<Query, 'type' | 'categories'>, category: string | undefined): boolean {
  if (category === undefined) return true
  if (category === 'custom' && query.type === 'custom') return true
  return query.categories.some(({ code }) => code === category)
}
