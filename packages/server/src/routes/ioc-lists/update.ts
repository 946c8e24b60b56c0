import { updateIocList } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(updateIocList, async (ctx, { params, body }, who) => {
  const list = await ctx.iocLists.update(params.id, body)
  await ctx.audit(who, updateIocList.id, params.id, body)
  return list
})
