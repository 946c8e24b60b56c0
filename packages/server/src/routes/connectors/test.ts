import { testConnector } from '@quarry/schema/endpoints/connectors'
import { route } from '../../route.ts'

export default route(testConnector, async (ctx, { params, body }, who) => {
  const live = ctx.enrichments.connectors.of(params.id)
  const secretOf = (name: string) => ctx.enrichments.secrets.open(live.id, name)
  await ctx.audit(who, testConnector.id, live.id, { code: live.connector.id, ...body })
  return await ctx.enrichments.test(live, body, secretOf, live)
})
