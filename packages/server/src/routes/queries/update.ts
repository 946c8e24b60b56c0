import { updateQuery } from '@quarry/schema/endpoints/queries'
import { route } from '../../route.ts'

export default route(updateQuery, async (ctx, { params, body }, who) => {
  const query = await ctx.queries.update(who, params.id, body)
  await ctx.audit(who, updateQuery.id, query.id, { name: query.name, changed: Object.keys(body) })
  return query
})
