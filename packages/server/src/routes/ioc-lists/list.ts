import { listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(listIocLists, async (ctx, { query }) => ({ items: await ctx.iocLists.list(query.type) }))
