import { createRun } from '@quarry/schema/endpoints/runs'
import { route } from '../../route.ts'

export default route(createRun, async (ctx, { body }, who) => {
  const run = await ctx.runs.create(who, body)
  if (body.origin) await ctx.investigations.follow(run.id)
  return run
})
