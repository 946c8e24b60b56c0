import { resumeRun } from '@quarry/schema/endpoints/runs'
import { route } from '../../route.ts'

export default route(resumeRun, (ctx, { params, body }, who) =>
  ctx.runs.resume(who, params.id, body.endpointIds),
)
