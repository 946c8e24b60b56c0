import { listEnrolmentTokens } from '@quarry/schema/endpoints/enrolment-tokens'
import { enrolmentTokenOf } from '../../enrolment/enrolment.ts'
import { route } from '../../route.ts'

export default route(listEnrolmentTokens, async (ctx) => ({
  items: (await ctx.enrolment.list()).map(enrolmentTokenOf),
}))
