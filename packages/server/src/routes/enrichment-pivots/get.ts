import { getEnrichmentPivot } from '@quarry/schema/endpoints/enrichment-pivots'
import { pivotOf } from '../../enrichment/pivots.ts'
import { route } from '../../route.ts'

export default route(getEnrichmentPivot, (ctx, { params }) => pivotOf(ctx.enrichments.pivots.of(params.id)))
