import { cancelRun } from '@quarry/schema/endpoints/runs'
import { route } from '../../route.ts'

export default route(cancelRun, async (ctx, { params }, who) => {
  const run = await ctx.runs.cancel(params.id)
  await ctx.audit(who, cancelRun.id, params.id, { name: run.name })
  return run
})
