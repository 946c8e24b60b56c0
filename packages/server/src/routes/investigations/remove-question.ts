import { removeQuestion } from '@quarry/schema/endpoints/investigations'
import { route } from '../../route.ts'

export default route(removeQuestion, async (ctx, { params }, who) => {
  const changed = await ctx.investigations.removeQuestion(params.id, params.questionId)
  await ctx.audit(who, removeQuestion.id, params.id, { questionId: params.questionId })
  return changed
})
