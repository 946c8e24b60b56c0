import { createApiClient } from '@quarry/schema/endpoints/api-clients'
import { apiClientOf } from '../../api-clients/api-clients.ts'
import { route } from '../../route.ts'

export default route(createApiClient, async (ctx, { body }, who) => {
  const { client, clientSecret } = await ctx.apiClients.create(body)
  await ctx.audit(who, createApiClient.id, client.id, { name: client.name, role: client.role })
  return { client: apiClientOf(client), clientSecret }
})
