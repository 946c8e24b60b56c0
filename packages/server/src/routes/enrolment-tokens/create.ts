import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { enrolmentTokenOf } from '../../enrolment/enrolment.ts'
import { route } from '../../route.ts'

export default route(createEnrolmentToken, async (ctx, { body }, who) => {
  const { token, secret } = await ctx.enrolment.create(body)
  await ctx.audit(who, createEnrolmentToken.id, token.id, { ...body })
  return { token: enrolmentTokenOf(token), secret }
})
