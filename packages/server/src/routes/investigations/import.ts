import { importInvestigation } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(importInvestigation, async (ctx, { body }, who) => {
  const made = await ctx.investigations.import(who, body.json)
  await ctx.audit(who, importInvestigation.id, made.id, { name: made.name })
  return made
})
