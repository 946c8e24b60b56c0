import { groupResults } from '@quarry/schema/endpoints/run-results'
import { route } from '../../route.ts'
import { runWithResults } from '../../runs/read-results.ts'

export default route(groupResults, async (ctx, { params, query }) => {
  await runWithResults(ctx, params.id)
  return await ctx.results.groups(params.id, query)
})
