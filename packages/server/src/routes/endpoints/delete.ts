import { deleteEndpoint } from '@quarry/schema/endpoints/endpoints'
import { route } from '../../route.ts'

export default route(deleteEndpoint, async (ctx, { params }, who) => {
  const { hostname } = await ctx.endpoints.one(params.id)
  await ctx.endpoints.remove(params.id)
  ctx.links.get(params.id)?.refuse('unknown_device', 'This device was removed; enrol it again.')
  await ctx.runs.forget(params.id)
  await ctx.audit(who, deleteEndpoint.id, params.id, { hostname })
  return { deleted: true }
})
