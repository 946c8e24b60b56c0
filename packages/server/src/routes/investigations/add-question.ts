import { addQuestion } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(addQuestion, async (ctx, { params, body }, who) => {
  const changed = await ctx.investigations.addQuestion(params.id, body.runId)
  await ctx.audit(who, addQuestion.id, params.id, { runId: body.runId })
  return changed
})
