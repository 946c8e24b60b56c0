import { getEndpoint } from '@quarry/schema/endpoints/endpoints'
import { route } from '../../route.ts'

export default route(getEndpoint, (ctx, { params }) => ctx.endpoints.one(params.id))
