import { deleteIocList } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(deleteIocList, async (ctx, { params }, who) => {
  const { name } = await ctx.iocLists.one(params.id)
  await ctx.iocLists.remove(params.id)
  await ctx.audit(who, deleteIocList.id, params.id, { name })
  return undefined
})
