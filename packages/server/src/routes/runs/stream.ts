import { streamRun } from '@quarry/schema/endpoints/run-results'
import { rawRoute } from '../../route.ts'
import { watchRun } from '../../runs/watch-run.ts'

export default rawRoute(streamRun, async (ctx, { params }, _who, { reply }) => {
  await ctx.runs.rowOf(params.id)
  reply.hijack()
  await watchRun(ctx, params.id, reply.raw, reply.getHeaders())
})
