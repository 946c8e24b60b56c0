import { listRunEndpoints } from '@quarry/schema/endpoints/runs'
import { offsetPages } from '../../offset-page.ts'
import { route } from '../../route.ts'

export default route(listRunEndpoints, async (ctx, { params, query }) => {
  const { items, total } = await ctx.runs.endpoints(params.id, query)
  return { items, pages: offsetPages(query, total, 1000) }
})
