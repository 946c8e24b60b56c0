import { listTables } from '@quarry/schema/endpoints/tables'
import { route } from '../../route.ts'

export default route(listTables, async (ctx) => ({
  items: await ctx.knownTables.list(),
  functions: await ctx.knownTables.functions(),
}))
