import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { countedCategories } from '../../queries/categories.ts'
import { route } from '../../route.ts'

export default route(listCategories, async (ctx) => ({
  items: countedCategories(ctx.catalogue, await ctx.queries.all()),
}))
