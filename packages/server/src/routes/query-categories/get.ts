import { AppError } from '@quarry/schema'
import { getCategory } from '@quarry/schema/endpoints/query-categories'
import { countedCategories } from '../../queries/categories.ts'
import { route } from '../../route.ts'

export default route(getCategory, async (ctx, { params }) => {
  const all = countedCategories(ctx.catalogue, await ctx.queries.all())
  const found = all.find(({ id }) => id === params.id)
  if (!found) throw new AppError('category_not_found')
  return found
})
