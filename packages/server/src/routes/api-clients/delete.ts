import { deleteApiClient } from '@quarry/schema/endpoints/api-clients'
import { route } from '../../route.ts'

export default route(deleteApiClient, async (ctx, { params }, who) => {
  const client = await ctx.apiClients.remove(params.id)
  await ctx.audit(who, deleteApiClient.id, client.id, { name: client.name })
  return undefined
})
