import { getRun } from '@quarry/schema/endpoints/runs'
import { route } from '../../route.ts'

export default route(getRun, (ctx, { params }) => ctx.runs.one(params.id))
