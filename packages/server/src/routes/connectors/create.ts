import { createConnector } from '@quarry/schema/endpoints/connectors'
import { parseConnector } from '../../enrichment/parse-connector.ts'
import { route } from '../../route.ts'

export default route(createConnector, async (ctx, { body }, who) => {
  const { connectors, detail } = ctx.enrichments
  const live = await connectors.create(parseConnector(body))
  const { id: code, kind, name } = live.definition
  await ctx.audit(who, createConnector.id, live.id, { code, kind, name })
  return detail(live)
})
