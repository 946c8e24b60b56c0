import { addMark } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(addMark, async (ctx, { params, body }, who) => {
  const changed = await ctx.investigations.addMark(who, params.id, body)
  await ctx.audit(who, addMark.id, params.id, { kind: body.kind, verdict: body.verdict })
  return changed
})
