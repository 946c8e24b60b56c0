import { getQuery } from '@quarry/schema/endpoints/queries'
import { route } from '../../route.ts'

export default route(getQuery, (ctx, { params }) => ctx.queries.one(params.id))
