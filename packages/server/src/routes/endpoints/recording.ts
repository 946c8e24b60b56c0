import { getRecording } from '@quarry/schema/endpoints/endpoints'
import { route } from '../../route.ts'

export default route(getRecording, async (ctx, { params }) => {
  await ctx.endpoints.one(params.id)
  return (await ctx.recordings.of(params.id)) ?? {}
})
