import { AppError } from '@quarry/schema'
import type { Query } from '@quarry/schema/endpoints/queries'

export interface QueryList {
  categoryId?: string | undefined
  search?: string | undefined
  searchFields?: string | undefined
  sort?: string | undefined
  type?: Query['type'] | undefined
}

const fields: Record<string, (query: Query) => string> = {
  name: ({ name }) => name,
  code: ({ code }) => code,
  description: ({ description }) => description,
  template: ({ template }) => template,
}

const orders: Record<string, (query: Query) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  code: ({ code }) => code,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  type: ({ type }) => type,
  'performance.averageExecutionTimeInMillis': ({ performance }) =>
    performance.averageExecutionTimeInMillis ?? Number.MAX_VALUE,
}

/** Picks and orders queries. @throws AppError bad_request for a field or an order that does not exist */
export function selectQueries(queries: readonly Query[], list: QueryList): Query[] {
  const words = (list.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const searched = (list.searchFields ?? 'name,code,description').split(',').map((name) => {
    const field = fields[name.trim()]
    if (!field) throw new AppError('bad_request', `Queries have no field “${name.trim()}” to search in.`)
    return field
  })
  const found = queries.filter((query) => {
    if (list.type && query.type !== list.type) return false
    if (list.categoryId && !query.categories.some(({ id }) => id === list.categoryId)) return false
    const text = searched.map((field) => field(query).toLowerCase()).join('\n')
    return words.every((word) => text.includes(word))
  })
  const terms = (list.sort ?? 'name').split(',').map((term) => {
    const [name, direction] = term.trim().split(':')
    const order = orders[name!]
    if (!order) throw new AppError('bad_request', `Queries do not sort by “${name}”.`)
    return { order, sign: direction === 'desc' ? -1 : 1 }
  })
  return found.sort((a, b) => {
    for (const { order, sign } of terms) {
      const [x, y] = [order(a), order(b)]
      if (x !== y) return x < y ? -sign : sign
    }
    return a.id < b.id ? -1 : 1
  })
}
