import { listApiClients } from '@quarry/schema/endpoints/api-clients'
import { apiClientOf } from '../../api-clients/api-clients.ts'
import { route } from '../../route.ts'

export default route(listApiClients, async (ctx) => ({
  items: (await ctx.apiClients.list()).map(apiClientOf),
}))
