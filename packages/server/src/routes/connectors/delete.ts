import { deleteConnector } from '@quarry/schema/endpoints/connectors'
import { route } from '../../route.ts'

export default route(deleteConnector, async (ctx, { params }, who) => {
  const { connector } = await ctx.enrichments.remove(params.id)
  await ctx.audit(who, deleteConnector.id, params.id, { code: connector.id, name: connector.name })
  return undefined
})
