import { deleteInvestigation } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(deleteInvestigation, async (ctx, { params }, who) => {
  const { name } = await ctx.investigations.one(params.id)
  await ctx.investigations.remove(params.id)
  await ctx.audit(who, deleteInvestigation.id, params.id, { name })
  return undefined
})
