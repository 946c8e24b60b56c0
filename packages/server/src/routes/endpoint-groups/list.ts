import { listGroups } from '@quarry/schema/endpoints/endpoint-groups'
import { route } from '../../route.ts'

export default route(listGroups, async (ctx) => ({ items: await ctx.groups.list() }))
