import { getRunTlp } from '@quarry/schema/endpoints/enrichments'
import { route } from '../../route.ts'

export default route(getRunTlp, async (ctx, { params }) => {
  await ctx.runs.rowOf(params.id)
  return { tlp: (await ctx.enrichments.markings.of(params.id)) ?? null }
})
