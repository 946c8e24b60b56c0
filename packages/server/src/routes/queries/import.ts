import { importQuery } from '@quarry/schema/endpoints/queries'
import { categoryIdOf } from '../../catalogue/ids.ts'
import { parseEntry } from '../../catalogue/parse-entry.ts'
import { contentOfEntry } from '../../queries/content.ts'
import { route } from '../../route.ts'

export default route(importQuery, async (ctx, { body }, who) => {
  const entry = parseEntry(body.yaml)
  const category = ctx.catalogue.categories.find(({ code }) => code === entry.id.split('.')[0])
  const content = contentOfEntry(entry, category ? [categoryIdOf(category.code)] : [])
  const query = await ctx.queries.create(who, entry.name, content)
  await ctx.audit(who, importQuery.id, query.id, { name: query.name })
  return query
})
