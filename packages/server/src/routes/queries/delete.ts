import { deleteQuery } from '@quarry/schema/endpoints/queries'
import { route } from '../../route.ts'

export default route(deleteQuery, async (ctx, { params }, who) => {
  const { name } = await ctx.queries.one(params.id)
  await ctx.queries.remove(params.id)
  await ctx.audit(who, deleteQuery.id, params.id, { name })
  return undefined
})
