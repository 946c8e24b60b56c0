import { updateReputationSettings } from '@quarry/schema/endpoints/reputation'
import { route } from '../../route.ts'

export default route(updateReputationSettings, async (ctx, { body }, who) => {
  const settings = await ctx.reputation.update(body)
  await ctx.audit(who, updateReputationSettings.id, 'settings', body)
  return settings
})
