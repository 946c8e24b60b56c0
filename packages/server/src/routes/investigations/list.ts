import { listInvestigations } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(listInvestigations, async (ctx) => ({ items: await ctx.investigations.list() }))
