import { createEnrichmentPivot } from '@quarry/schema/endpoints/enrichment-pivots'
import { pivotOf } from '../../enrichment/pivots.ts'
import { route } from '../../route.ts'

export default route(createEnrichmentPivot, async (ctx, { body }, who) => {
  const { connectors, pivots } = ctx.enrichments
  const live = await connectors.create(pivots.written(body))
  await ctx.audit(who, createEnrichmentPivot.id, live.id, { name: body.name, url: body.url, type: body.type })
  return pivotOf(live)
})
