import { addIocValues } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(addIocValues, async (ctx, { params, body }, who) => {
  const done = await ctx.iocLists.add(params.id, body)
  await ctx.audit(who, addIocValues.id, params.id, { name: done.list.name, values: done.added })
  return done
})
