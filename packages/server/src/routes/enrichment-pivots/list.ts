import { listEnrichmentPivots } from '@quarry/schema/endpoints/enrichment-pivots'
import { offsetPages, slicePage } from '../../offset-page.ts'
import { route } from '../../route.ts'

export default route(listEnrichmentPivots, (ctx, { query }) => {
  const items = ctx.enrichments.pivots.list(query.type)
  return { items: slicePage(items, query), pages: offsetPages(query, items.length, 1000) }
})
