import { addToGroup } from '@quarry/schema/endpoints/endpoint-groups'
import { route } from '../../route.ts'

export default route(addToGroup, async (ctx, { params, body }, who) => {
  await ctx.groups.add(params.id, body.ids)
  await ctx.audit(who, addToGroup.id, params.id, { ids: body.ids })
  return { addedEndpoints: body.ids.map((id) => ({ id })) }
})
