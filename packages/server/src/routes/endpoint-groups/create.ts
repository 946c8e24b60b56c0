import { createGroup } from '@quarry/schema/endpoints/endpoint-groups'
import { route } from '../../route.ts'

export default route(createGroup, async (ctx, { body }, who) => {
  const group = await ctx.groups.create(body)
  await ctx.audit(who, createGroup.id, group.id, { name: group.name })
  return group
})
