import { listQueries } from '@quarry/schema/endpoints/queries'
import { offsetPages, slicePage } from '../../offset-page.ts'
import { selectQueries } from '../../queries/list.ts'
import { route } from '../../route.ts'

export default route(listQueries, async (ctx, { query }) => {
  const found = selectQueries(await ctx.queries.all(), query)
  return { items: slicePage(found, query), pages: offsetPages(query, found.length, 1000) }
})
