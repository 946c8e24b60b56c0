import { getInvestigation } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(getInvestigation, (ctx, { params }) => ctx.investigations.one(params.id))
