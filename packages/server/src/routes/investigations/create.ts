import { createInvestigation } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(createInvestigation, async (ctx, { body }, who) => {
  const made = await ctx.investigations.create(who, body.name, body.description, body.runId)
  await ctx.audit(who, createInvestigation.id, made.id, { name: made.name })
  return made
})
