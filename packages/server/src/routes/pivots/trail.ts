import { getTrail } from '@quarry/schema/endpoints/pivots'
import { askedFrom, trailTo } from '../../pivots/trail.ts'
import { route } from '../../route.ts'

export default route(getTrail, async (ctx, { params }) => {
  const { origin } = await ctx.runs.rowOf(params.id)
  return {
    before: await trailTo(ctx.db, origin),
    after: await askedFrom(ctx.db, params.id),
    investigations: await ctx.investigations.ofRun(params.id),
    findings: await ctx.investigations.findingsOf(params.id),
  }
})
