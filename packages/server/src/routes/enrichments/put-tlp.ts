import { putRunTlp } from '@quarry/schema/endpoints/enrichments'
import { route } from '../../route.ts'

export default route(putRunTlp, async (ctx, { params, body }, who) => {
  await ctx.runs.rowOf(params.id)
  await ctx.enrichments.markings.put(params.id, body.tlp ?? undefined)
  await ctx.audit(who, putRunTlp.id, params.id, { tlp: body.tlp })
  return { tlp: body.tlp }
})
