import { groupResults } from '@quarry/schema/endpoints/run-results'
import { readEnriched } from '../../enrichment/enriched-columns.ts'
import { route } from '../../route.ts'
import { runWithResults } from '../../runs/read-results.ts'

export default route(groupResults, async (ctx, { params, query }) => {
  await runWithResults(ctx, params.id)
  const { enrich, ...request } = query
  return await ctx.results.groups(params.id, {
    ...request,
    enriched: await readEnriched(ctx, params.id, enrich),
  })
})
