import { createRun } from '@quarry/schema/endpoints/runs'
import { route } from '../../route.ts'

export default route(createRun, (ctx, { body }, who) => ctx.runs.create(who, body))
