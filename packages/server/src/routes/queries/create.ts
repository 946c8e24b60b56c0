import { createQuery } from '@quarry/schema/endpoints/queries'
import { route } from '../../route.ts'

export default route(createQuery, async (ctx, { body: { name, ...content } }, who) => {
  const query = await ctx.queries.create(who, name, { ...content, attack: [], references: [] })
  await ctx.audit(who, createQuery.id, query.id, { name })
  return query
})
