import { removeFromGroup } from '@quarry/schema/endpoints/endpoint-groups'
import { route } from '../../route.ts'

export default route(removeFromGroup, async (ctx, { params }, who) => {
  const removed = await ctx.groups.take(params.id, params.endpointId)
  if (removed) await ctx.audit(who, removeFromGroup.id, params.id, { endpointId: params.endpointId })
  return { removed }
})
