import { updateMark } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(updateMark, async (ctx, { params, body }, who) => {
  const changed = await ctx.investigations.updateMark(params.id, params.markId, body)
  await ctx.audit(who, updateMark.id, params.id, { markId: params.markId, verdict: body.verdict })
  return changed
})
