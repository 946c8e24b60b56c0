import { AppError } from '@quarry/schema'
import type { Query } from '@quarry/schema/endpoints/queries'
import type { Category } from '@quarry/schema/endpoints/query-categories'
import type { Catalogue, ShippedCategory } from '../catalogue/catalogue.ts'
import { categoryIdOf } from '../catalogue/ids.ts'

/** The category of custom queries that were put into no other. */
export const customCategory: ShippedCategory = {
  id: categoryIdOf('custom'),
  code: 'custom',
  name: 'Custom',
  description: 'Queries that people here have saved.',
  icon: 'pencil',
}

/** Every category, the one for custom queries last. */
export const allCategories = (catalogue: Catalogue): ShippedCategory[] => [
  ...catalogue.categories,
  customCategory,
]

/** Finds categories by their ids. @throws AppError category_not_found */
export function categoriesById(catalogue: Catalogue, ids: readonly string[]): ShippedCategory[] {
  return ids.map((id) => {
    const found = allCategories(catalogue).find((category) => category.id === id)
    if (!found) throw new AppError('category_not_found')
    return found
  })
}

/** Every category as the API shows it, with the number of queries in each. */
export function countedCategories(catalogue: Catalogue, queries: readonly Query[]): Category[] {
  const installed = [...catalogue.queries.values()].map(({ installedAt }) => installedAt)
  const createdAt = new Date(installed.length > 0 ? Math.min(...installed) : 0).toISOString()
  return allCategories(catalogue).map((category) => ({
    ...category,
    type: category.code === 'custom' ? 'custom' : 'canned',
    queryCount: queries.filter(({ categories }) => categories.some(({ id }) => id === category.id)).length,
    createdAt,
  }))
}
