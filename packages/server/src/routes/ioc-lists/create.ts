import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(createIocList, async (ctx, { body }, who) => {
  const { name, description, ...given } = body
  const made = await ctx.iocLists.create(who, name, description, given)
  await ctx.audit(who, createIocList.id, made.list.id, { name, values: made.added })
  return made
})
