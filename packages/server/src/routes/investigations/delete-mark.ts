import { deleteMark } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(deleteMark, async (ctx, { params }, who) => {
  const changed = await ctx.investigations.deleteMark(params.id, params.markId)
  await ctx.audit(who, deleteMark.id, params.id, { markId: params.markId })
  return changed
})
