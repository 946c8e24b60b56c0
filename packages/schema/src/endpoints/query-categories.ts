import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Fields, Id, IdParam, SourceType, Time } from '../values.ts'

export const Category = z.object({
  id: Id,
  name: z.string(),
  code: z.string(),
  description: z.string(),
  icon: z.string(),
  type: SourceType,
  queryCount: z.int(),
  createdAt: Time,
})
export type Category = z.infer<typeof Category>

export const listCategories = endpoint({
  id: 'liveDiscover.categories.list',
  method: 'GET',
  path: '/live-discover/v1/queries/categories',
  description: 'Lists the categories of queries with the number of queries in each.',
  access: 'queries:read',
  query: Fields,
  output: z.object({ items: z.array(Category) }),
  errors: [],
})

export const getCategory = endpoint({
  id: 'liveDiscover.categories.get',
  method: 'GET',
  path: '/live-discover/v1/queries/categories/{id}',
  description: 'Answers with one category.',
  access: 'queries:read',
  params: IdParam,
  query: Fields,
  output: Category,
  errors: ['category_not_found'],
})
