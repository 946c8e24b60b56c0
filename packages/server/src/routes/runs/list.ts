import { listRuns } from '@quarry/schema/endpoints/runs'
import { offsetPages } from '../../offset-page.ts'
import { route } from '../../route.ts'

export default route(listRuns, async (ctx, { query }) => {
  const { items, total } = await ctx.runs.list(query)
  return { items, pages: offsetPages(query, total, 1000) }
})
