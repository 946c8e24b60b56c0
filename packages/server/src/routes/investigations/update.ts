import { updateInvestigation } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(updateInvestigation, async (ctx, { params, body }, who) => {
  const changed = await ctx.investigations.update(params.id, body)
  await ctx.audit(who, updateInvestigation.id, params.id, { name: changed.name })
  return changed
})
