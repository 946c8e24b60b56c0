import { removeIocValues } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(removeIocValues, async (ctx, { params, body }, who) => {
  const list = await ctx.iocLists.take(params.id, body.values)
  await ctx.audit(who, removeIocValues.id, params.id, { name: list.name, values: body.values.length })
  return list
})
