import { deleteGroup } from '@quarry/schema/endpoints/endpoint-groups'
import { route } from '../../route.ts'

export default route(deleteGroup, async (ctx, { params }, who) => {
  await ctx.groups.remove(params.id)
  await ctx.audit(who, deleteGroup.id, params.id)
  return undefined
})
