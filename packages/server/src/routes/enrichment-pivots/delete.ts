import { deleteEnrichmentPivot } from '@quarry/schema/endpoints/enrichment-pivots'
import { route } from '../../route.ts'

export default route(deleteEnrichmentPivot, async (ctx, { params }, who) => {
  const { connector } = ctx.enrichments.pivots.of(params.id)
  await ctx.enrichments.remove(params.id)
  await ctx.audit(who, deleteEnrichmentPivot.id, params.id, { name: connector.name })
  return undefined
})
