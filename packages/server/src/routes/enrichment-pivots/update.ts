import { updateEnrichmentPivot } from '@quarry/schema/endpoints/enrichment-pivots'
import { pivotOf } from '../../enrichment/pivots.ts'
import { route } from '../../route.ts'

export default route(updateEnrichmentPivot, async (ctx, { params, body }, who) => {
  const { connectors, pivots } = ctx.enrichments
  const before = pivots.of(params.id)
  const { name, description, url, type } = { ...pivotOf(before), ...body }
  const live = await connectors.update(
    params.id,
    {},
    pivots.written({ name, description, url, type }, before.definition.id),
  )
  await ctx.audit(who, updateEnrichmentPivot.id, live.id, { ...body })
  return pivotOf(live)
})
