import { listPivots } from '@quarry/schema/endpoints/pivots'
import { listPivots as findPivots } from '../../pivots/list-pivots.ts'
import { route } from '../../route.ts'

export default route(listPivots, async (ctx, { query }) => ({
  items: await findPivots(ctx.db, await ctx.queries.all(), query.type, query.categoryId),
}))
