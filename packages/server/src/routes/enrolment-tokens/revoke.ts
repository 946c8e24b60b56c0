import { revokeEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { route } from '../../route.ts'

export default route(revokeEnrolmentToken, async (ctx, { params }, who) => {
  const token = await ctx.enrolment.revoke(params.id)
  await ctx.audit(who, revokeEnrolmentToken.id, token.id, { name: token.name })
  return undefined
})
